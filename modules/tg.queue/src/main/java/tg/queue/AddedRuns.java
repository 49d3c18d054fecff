package tg.queue;

import java.time.Duration;
import java.util.Optional;

/// Writes jobs to be added as arguments of a script: runs of jobs that go into one lane with the
/// same options, as `adding.lua` reads them; and jobs of other partitions, as parcels. Confined to
/// one thread at a time.
final class AddedRuns {
  private record Run(int owner, String queue, Priority priority, String group, String options) {}

  private final Args args;
  private final String opening;
  private final Place place;
  private Run open = new Run(-1, "", Priority.NORMAL, "", "");
  private int sizeAt;
  private int size;

  /// @param opening a word before each run, or nothing
  /// @param place where the script runs
  AddedRuns(Args args, String opening, Place place) {
    this.args = args;
    this.opening = opening;
    this.place = place;
  }

  /// Adds a job that belongs to a call or a settlement of that number, counted from 1.
  void add(int owner, Store.Ticket ticket) {
    int home = place.routes().of(ticket);
    if (home != place.index()) {
      begin(new Run(owner, Integer.toString(home), Priority.NORMAL, "", "x"));
      size++;
      args.add(ParcelBytes.write(ticket, place.other(home)));
      return;
    }
    var job = ticket.job();
    var options = job.simple() ? "" : options(ticket);
    var group = job.group().orElse("");
    boolean scattered = options.isEmpty() && !group.isEmpty();
    begin(owner, job, scattered ? "" : group, scattered ? "g" : options);
    size++;
    args.add(ticket.id().value()).add(Envelope.write(job));
    if (scattered) {
      args.add(group);
    }
    if (!job.simple()) {
      writeOptions(job);
    }
  }

  private void writeOptions(NewJob job) {
    job.replaceKey().ifPresent(args::add);
    job.unique().ifPresent(unique -> writeKey(args, unique));
    job.at().ifPresent(at -> args.add(at.toEpochMilli()));
    positive(job.delay()).ifPresent(delay -> args.add(millis(delay)));
  }

  /// Most jobs go where the one before went.
  private void begin(int owner, NewJob job, String group, String options) {
    boolean same =
        open.owner == owner
            && open.priority == job.priority()
            && open.queue.equals(job.queue())
            && open.group.equals(group)
            && open.options.equals(options);
    if (!same) {
      begin(new Run(owner, job.queue(), job.priority(), group, options));
    }
  }

  private void begin(Run run) {
    if (!run.equals(open)) {
      end();
      open = run;
      size = 0;
      if (!opening.isEmpty()) {
        args.add(opening);
      }
      args.add(run.owner)
          .add(run.queue)
          .add(Envelope.level(run.priority))
          .add(run.group)
          .add(run.options);
      sizeAt = args.place();
    }
  }

  /// Ends the last run.
  void end() {
    if (size > 0) {
      args.set(sizeAt, size);
    }
  }

  private static void writeKey(Args args, Unique unique) {
    args.add(unique.key());
    var window = unique.window();
    if (window != null) {
      args.add(millis(window));
    }
  }

  private static String options(Store.Ticket ticket) {
    var job = ticket.job();
    return (ticket.named() ? "n" : "")
        + (job.terms().lookedAt() ? "o" : "")
        + (job.replaceKey().isPresent() ? "k" : "")
        + job.unique().map(unique -> String.valueOf(unique.kind())).orElse("")
        + (job.at().isPresent() ? "a" : "")
        + (positive(job.delay()).isPresent() ? "d" : "");
  }

  private static Optional<Duration> positive(Optional<Duration> delay) {
    return delay.filter(Duration::isPositive);
  }

  /// Whole milliseconds, rounded up, so that nothing is early.
  static long millis(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }
}
