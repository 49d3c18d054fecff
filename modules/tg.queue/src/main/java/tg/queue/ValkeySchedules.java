package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The schedules on a server. Thread-safe.
final class ValkeySchedules implements ScheduleStore {
  private final Courier courier;
  private final Place place;

  ValkeySchedules(Courier courier, Place place) {
    this.courier = courier;
    this.place = place;
  }

  @Override
  public boolean put(String name, String definition, Instant next) {
    var args = new Args().add(name).add(definition.getBytes(UTF_8)).add(next.toEpochMilli());
    return did(Script.SCHEDULE, args);
  }

  @Override
  public boolean remove(String name) {
    return did(Script.UNSCHEDULE, new Args().add(name));
  }

  @Override
  public boolean pause(String name) {
    return did(Script.HOLD, new Args().add(name).add(""));
  }

  @Override
  public boolean resume(String name, Instant next) {
    return did(Script.HOLD, new Args().add(name).add(next.toEpochMilli()));
  }

  @Override
  public Page list() {
    var answer = (List<?>) courier.ask(Script.SCHEDULES, new Args().add("all"));
    return new Page(instant((Long) answer.get(0)), entries((List<?>) answer.get(2)));
  }

  @Override
  public Due due() {
    var answer = (List<?>) courier.ask(Script.SCHEDULES, new Args().add("due"));
    long next = (Long) answer.get(1);
    return new Due(
        instant((Long) answer.get(0)),
        entries((List<?>) answer.get(2)),
        next < 0 ? null : instant(next));
  }

  @Override
  public boolean tick(Tick tick) {
    var entry = tick.entry();
    var due = entry.next();
    var args = new Args().add(entry.name()).add(entry.definition().getBytes(UTF_8));
    args.add(due == null ? -1 : due.toEpochMilli());
    var last = tick.last();
    if (last == null) {
      args.add("");
    } else {
      args.add(last.toEpochMilli());
    }
    args.add(tick.next().toEpochMilli());
    var runs = new AddedRuns(args, "", place);
    tick.jobs().forEach(job -> runs.add(1, job));
    runs.end();
    return did(Script.TICK, args);
  }

  private boolean did(Script script, Args args) {
    return (Long) courier.ask(script, args) == 1;
  }

  private static List<Entry> entries(List<?> flat) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < flat.size(); i += 4) {
      entries.add(
          new Entry(
              text(flat.get(i)),
              text(flat.get(i + 1)),
              optional(text(flat.get(i + 2))),
              optional(text(flat.get(i + 3)))));
    }
    return entries;
  }

  private static @Nullable Instant optional(String millis) {
    return millis.isEmpty() ? null : instant((long) Double.parseDouble(millis));
  }

  private static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }
}
