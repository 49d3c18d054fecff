package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Five real processes live through a change of the clocks, in both directions.
@Isolated("the processors are for the processes")
final class TickProcessTest {
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void eachTickIsEnqueuedOnceByFiveProcessesWhenTheClocksChange() {
    var binary = ServerBinary.find(Path.of("target", "servers"));
    var server = keep(ServerProcess.start(binary, folder).dyingWithJvm());
    var queues = keep(Queues.builder().server(server.uri()).namespace("cron").open());
    var children = new ArrayList<Child>();
    for (int i = 0; i < 5; i++) {
      children.add(keep(Child.start(TickChild.class, server.uri(), "cron")));
    }
    long change = Instant.now().getEpochSecond() + 6;
    ChangingZones.register(change);
    children.forEach(child -> child.say(Long.toString(change)));
    put(queues, "even-skips", "* * * * * *", ChangingZones.skips(change));
    put(queues, "even-repeats", "* * * * * *", ChangingZones.repeats(change));
    put(queues, "hours-skips", "*/2 * 2,3 * * *", ChangingZones.skips(change));
    put(queues, "hours-repeats", "*/2 * 2 * * *", ChangingZones.repeats(change));
    long from = Instant.now().getEpochSecond() + 1;
    assertTrue(from < change, "this machine is too slow for this test");
    Waiting.until("all five tick", () -> children.stream().allMatch(c -> c.count("ticking") == 1));
    Waiting.until("the clocks have changed", () -> Instant.now().getEpochSecond() > change + 4);
    queues.schedules().list().forEach(info -> queues.schedules().pause(info.schedule().name()));

    var found = new TreeSet<String>();
    for (int page = 0; page < 3; page++) {
      for (var info : queues.queue("q").list(Registry.WAITING, page * 1_000, 1_000)) {
        found.add(info.id().value());
      }
    }
    assertEquals(queues.queue("q").counts().waiting(), found.size());
    long to = change + 4;
    assertEquals(seconds("even-skips", from, to, 1), part(found, "even-skips", from, to));
    assertEquals(seconds("even-repeats", from, to, 1), part(found, "even-repeats", from, to));
    long even = change - 1000;
    assertEquals(
        seconds("hours-skips", change, to, 2),
        part(found, "hours-skips", even, to),
        "nothing before the hour that is skipped; at the change; and then");
    var repeats = new TreeSet<String>();
    LongStream.range(from, change)
        .filter(second -> (change - second) % 2 == 0)
        .forEach(second -> repeats.add("hours-repeats." + Instant.ofEpochSecond(second)));
    assertEquals(repeats, part(found, "hours-repeats", from, to), "the first pass only");
  }

  private static void put(Queues queues, String name, String cron, ZoneId zone) {
    var job = NewJob.of("q", name, Payload.empty());
    queues
        .schedules()
        .put(Schedule.cron(name, Cron.of(cron), zone, job).missed(Missed.runUpTo(100)));
  }

  private static Set<String> seconds(String name, long from, long to, int step) {
    var set = new TreeSet<String>();
    for (long second = from; second <= to; second += step) {
      set.add(name + "." + Instant.ofEpochSecond(second));
    }
    return set;
  }

  private static Set<String> part(Set<String> all, String name, long from, long to) {
    var set = new TreeSet<String>();
    for (var id : all) {
      if (id.startsWith(name + ".")) {
        long second = Instant.parse(id.substring(name.length() + 1)).getEpochSecond();
        if (second >= from && second <= to) {
          set.add(id);
        }
      }
    }
    return set;
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
