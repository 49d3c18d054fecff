package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A job that this worker has been given to run. Immutable.
///
/// @param id its name
/// @param queue the queue it came from
/// @param type what to do
/// @param body the payload and the group, as enqueued
/// @param enqueuedAt when the server took it, by the server's clock
/// @param tries how often it ran before, and how that ended
public record Job(JobId id, String queue, String type, Body body, Instant enqueuedAt, Tries tries) {

  /// What a job carries. Immutable.
  public static final class Body {
    private final Payload payload;
    private final @Nullable String group;
    private final Map<String, String> headers;
    private final Terms terms;
    private final @Nullable Journal journal;

    /// A payload without headers.
    ///
    /// @param payload the bytes as enqueued
    /// @param group the group, or null
    @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
    public Body(Payload payload, @Nullable String group) {
      this(payload, group, Map.of(), Terms.NONE);
    }

    Body(Payload payload, @Nullable String group, Map<String, String> headers, Terms terms) {
      this(payload, group, headers, terms, null);
    }

    private Body(
        Payload payload,
        @Nullable String group,
        Map<String, String> headers,
        Terms terms,
        @Nullable Journal journal) {
      this.payload = payload;
      this.group = group;
      this.headers = headers;
      this.terms = terms;
      this.journal = journal;
    }

    private Body with(Journal value) {
      return new Body(payload, group, headers, terms, value);
    }

    /// {@return the bytes as enqueued}
    public Payload payload() {
      return payload;
    }

    /// {@return the group, or null}
    @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
    public @Nullable String group() {
      return group;
    }

    /// {@return the headers, in the order in which they were set; unmodifiable}
    public Map<String, String> headers() {
      return headers;
    }

    Terms terms() {
      return terms;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Body that
          && payload.equals(that.payload)
          && Objects.equals(group, that.group)
          && headers.equals(that.headers)
          && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
      return Objects.hash(payload, group, headers, terms);
    }

    @Override
    public String toString() {
      return "Body[" + payload + (group == null ? "" : ", " + group) + "]";
    }
  }

  /// How often a job has been started.
  ///
  /// @param attempt 1 for the first start; grows with each start, whatever ended the one before. It
  ///   is the **fencing token**: of two workers that believe they run the job, only the one with
  ///   the greater attempt is right.
  /// @param failures attempts that ended in a failure
  /// @param crashes attempts that ended because their worker died or lost its lease
  public record Tries(long attempt, int failures, int crashes) {}

  /// {@return the payload as enqueued}
  public Payload payload() {
    return body.payload();
  }

  /// {@return the headers as set by {@link NewJob#header}; unmodifiable}
  public Map<String, String> headers() {
    return body.headers();
  }

  /// {@return the group, if it is in one}
  public Optional<String> group() {
    return Optional.ofNullable(body.group());
  }

  /// {@return how long this attempt may take, if the job says so itself}
  public Optional<Duration> timeout() {
    return body.terms().timeout();
  }

  /// {@return the end of all attempts by the server's clock, if the job has one}
  public Optional<Instant> deadline() {
    return body.terms().deadline(enqueuedAt);
  }

  /// {@return the jobs that it waited for, see {@link NewJob#after}; look up their results by
  /// {@link Queues#find}}
  public List<JobRef> after() {
    return body.terms().after();
  }

  /// {@return the fencing token, see {@link Tries#attempt()}}
  public long attempt() {
    return tries.attempt();
  }

  /// Does a part of the job once, whatever happens to the attempts: its value is kept on the
  /// server, and an attempt after a failure or a crash gets it from there instead of doing it
  /// again. Only while the handler runs; from any thread.
  ///
  /// The step is done **at least once**: a process that dies between the work and the keeping of
  /// its value does it again. Values are kept until the job is finished, or as long as a failed or
  /// canceled one; a requeued job goes on after them.
  ///
  /// @param name 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`, another for each step of the job
  /// @param work what to do
  /// @return its value, of now or of then
  /// @throws Exception what the work throws; then nothing is kept
  /// @throws QueueException.Stale when the job belongs to somebody else by now; stop then
  /// @throws QueueException.TooLarge when the value is over the payload limit
  public Payload step(String name, Callable<Payload> work) throws Exception {
    return journal().step(name, work);
  }

  /// As {@link #step(String, Callable)}, for work without a value.
  public void step(String name, Step work) throws Exception {
    var _ =
        journal()
            .step(
                name,
                () -> {
                  work.run();
                  return Payload.empty();
                });
  }

  /// Work without a value.
  @FunctionalInterface
  public interface Step {
    /// Does it.
    void run() throws Exception;
  }

  /// Says how far the job has come. Costs next to nothing: at most ten times a second the latest
  /// word of all jobs of the worker is written in one call. Only while the handler runs; from any
  /// thread.
  ///
  /// @param fraction 0 to 1
  /// @param message a few words for people, up to 1,000 characters
  public void progress(double fraction, String message) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction " + fraction + " must be between 0 and 1");
    }
    if (message.length() > 1_000) {
      throw new IllegalArgumentException(
          "a message of " + message.length() + " characters is too long; 1000 are allowed");
    }
    journal().progress(fraction, message);
  }

  /// {@return the texts beside the job; writing is refused once the job belongs to somebody else}
  public Meta meta() {
    return journal().meta();
  }

  /// The same job with another payload.
  Job with(Payload payload) {
    var other = new Body(payload, body.group, body.headers, body.terms, body.journal);
    return new Job(id, queue, type, other, enqueuedAt, tries);
  }

  /// The same job, as its handler gets it.
  Job running(Journal journal) {
    return new Job(id, queue, type, body.with(journal), enqueuedAt, tries);
  }

  private Journal journal() {
    var journal = body.journal;
    if (journal == null) {
      throw new IllegalStateException(
          "job "
              + queue
              + "/"
              + id
              + " is not running here: only the job that a worker gave to its"
              + " handler has steps, progress and meta; from outside use JobQueue");
    }
    return journal;
  }
}
