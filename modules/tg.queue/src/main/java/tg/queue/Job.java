package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /// A payload without headers.
    ///
    /// @param payload the bytes as enqueued
    /// @param group the group, or null
    public Body(Payload payload, @Nullable String group) {
      this(payload, group, Map.of(), Terms.NONE);
    }

    Body(Payload payload, @Nullable String group, Map<String, String> headers, Terms terms) {
      this.payload = payload;
      this.group = group;
      this.headers = headers;
      this.terms = terms;
    }

    /// {@return the bytes as enqueued}
    public Payload payload() {
      return payload;
    }

    /// {@return the group, or null}
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

  /// {@return the fencing token, see {@link Tries#attempt()}}
  public long attempt() {
    return tries.attempt();
  }
}
