package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The workers on a server. Thread-safe.
final class ValkeyCrew implements CrewStore {
  private final Courier courier;

  ValkeyCrew(Courier courier) {
    this.courier = courier;
  }

  @Override
  public Optional<Duration> report(String epoch, String about) {
    var drain = text(courier.ask(Script.REPORT, new Args().add(epoch).add(about)));
    return drain.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Long.parseLong(drain)));
  }

  @Override
  public List<Member> list() {
    var flat = (List<?>) courier.ask(Script.CREW, new Args());
    var members = new ArrayList<Member>();
    for (int i = 0; i < flat.size(); i += 4) {
      int running = ((Long) flat.get(i + 2)).intValue();
      var until = instant(text(flat.get(i + 3)));
      members.add(new Member(text(flat.get(i)), text(flat.get(i + 1)), running, until));
    }
    return members;
  }

  @Override
  public boolean drain(String worker, Duration deadline) {
    var args = new Args().add(worker).add(deadline.toMillis());
    return (Long) courier.ask(Script.DISMISS, args) == 1;
  }

  @Override
  public boolean pause(String worker, @Nullable Duration time) {
    return halt(worker, time == null ? "inf" : Long.toString(time.toMillis()));
  }

  @Override
  public boolean resume(String worker) {
    return halt(worker, "");
  }

  private boolean halt(String worker, String time) {
    return (Long) courier.ask(Script.HALT, new Args().add(worker).add(time)) == 1;
  }

  private static Optional<Instant> instant(String until) {
    return switch (until) {
      case "" -> Optional.empty();
      case "inf" -> Optional.of(Instant.MAX);
      default -> Optional.of(Instant.ofEpochMilli(Long.parseLong(until)));
    };
  }

  @Override
  public List<JobInfo> overdue(String queue, Duration time, int limit) {
    var args = new Args().add(queue).add(time.toMillis()).add(limit);
    var jobs = new ArrayList<JobInfo>();
    for (var entry : (List<?>) courier.ask(Script.LINGERING, args)) {
      var row = (List<?>) entry;
      jobs.add(
          ValkeyStore.info(queue, new JobId(text(row.getFirst())), row.subList(1, row.size())));
    }
    return jobs;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }
}
