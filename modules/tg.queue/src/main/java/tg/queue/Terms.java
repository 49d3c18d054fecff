package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// On which terms a job runs, beyond its place in its queue: what the options of an envelope say.
/// Immutable.
///
/// An option whose name begins with a capital must be understood: a worker that does not know it
/// leaves the job to a newer one. Others that are not known are ignored.
final class Terms {
  static final Terms NONE = new Terms(Map.of());

  /// How long an attempt may take, ms.
  static final String TIMEOUT = "timeout";

  /// As {@link Retries#write} writes it.
  static final String RETRIES = "retries";

  /// Over all attempts from the time it was added, ms.
  static final String DEADLINE = "deadline";

  /// Until the first start, ms, from the time it was added; or `ms@instant`, from the later of the
  /// two.
  static final String TTL = "ttl";

  private final Map<String, String> options;

  /// How long a job that is replaced may be put off, ms from the first.
  static final String DEBOUNCE = "debounce";

  /// A key that is held until the job has ended.
  static final String UNIQUE = "unique";

  /// The jobs it waits for: `queue+id,queue+id`.
  static final String AFTER = "after";

  /// What becomes of it when one of them does not finish: `run` or `keep`; absent for cancel.
  static final String FAILING = "failing";

  /// When it may run once it waits for no other job: an instant, or a time from then, ms.
  static final String AT = "at";

  static final String DELAY = "delay";

  /// How long it is kept if it is canceled by the end of another job, ms.
  static final String KEPT = "kept";

  /// When a job must have come to an end, and what is to be said then.
  record Expiry(Instant at, String reason) {
    boolean before(Expiry other) {
      return at.isBefore(other.at);
    }
  }

  private Terms(Map<String, String> options) {
    this.options = options;
  }

  /// Reads the options of an envelope, without the slash.
  static Terms read(String text) {
    return new Terms(Words.read(text));
  }

  /// These terms, and one more.
  Terms with(String name, String value) {
    var more = new LinkedHashMap<>(options);
    more.put(name, value);
    return new Terms(more);
  }

  /// As an envelope carries them; empty for none.
  String write() {
    return Words.write(options);
  }

  /// These terms, and to wait for others.
  Terms after(List<JobRef> others, Otherwise otherwise) {
    var words = others.stream().map(JobRef::word).collect(Collectors.joining(","));
    var more = new LinkedHashMap<>(options);
    more.remove(FAILING);
    more.put(AFTER, words);
    switch (otherwise) {
      case CANCEL -> {}
      case RUN -> more.put(FAILING, "run");
      case KEEP -> more.put(FAILING, "keep");
    }
    return new Terms(more);
  }

  /// The jobs it waits for, or waited for.
  List<JobRef> after() {
    var words = options.getOrDefault(AFTER, "");
    return words.isEmpty()
        ? List.of()
        : Arrays.stream(words.split(",", -1)).map(JobRef::ofWord).toList();
  }

  Otherwise otherwise() {
    return switch (options.getOrDefault(FAILING, "")) {
      case "run" -> Otherwise.RUN;
      case "keep" -> Otherwise.KEEP;
      default -> Otherwise.CANCEL;
    };
  }

  /// When a job may run that waits for no other any more.
  Instant due(Instant now) {
    var at = millis(AT).map(value -> Instant.ofEpochMilli(value.toMillis()));
    return at.orElseGet(() -> now.plus(millis(DELAY).orElse(Duration.ZERO)));
  }

  /// Whether the scripts must look at it when the job is added.
  boolean lookedAt() {
    return options.containsKey(AFTER) || options.containsKey(TTL) || options.containsKey(DEADLINE);
  }

  /// How long a job that is replaced may be put off.
  Optional<Duration> debounce() {
    return millis(DEBOUNCE);
  }

  /// How long an attempt may take.
  Optional<Duration> timeout() {
    return millis(TIMEOUT);
  }

  /// How often and when it is tried again.
  Optional<Retries> retries() {
    return Optional.ofNullable(options.get(RETRIES)).map(Retries::read);
  }

  /// Until when all attempts must be over.
  ///
  /// @param enqueuedAt when the job was added
  Optional<Instant> deadline(Instant enqueuedAt) {
    return millis(DEADLINE).map(enqueuedAt::plus);
  }

  /// When the job comes to an end in its next attempt, if it has not been started by then.
  ///
  /// @param job in its next attempt
  Optional<Expiry> expiry(Job job) {
    if (options.isEmpty()) {
      return Optional.empty();
    }
    var deadline = deadline(job.enqueuedAt()).map(at -> new Expiry(at, "its deadline passed"));
    var start = job.attempt() > 1 ? Optional.<Expiry>empty() : startBy(job.enqueuedAt());
    return start.isPresent() && (deadline.isEmpty() || start.get().before(deadline.get()))
        ? start
        : deadline;
  }

  private Optional<Expiry> startBy(Instant enqueuedAt) {
    return Optional.ofNullable(options.get(TTL))
        .map(value -> {
          int place = value.indexOf('@');
          var from = enqueuedAt;
          var ttl = value;
          if (place >= 0) {
            var at = Instant.ofEpochMilli(Long.parseLong(value.substring(place + 1)));
            from = at.isAfter(enqueuedAt) ? at : enqueuedAt;
            ttl = value.substring(0, place);
          }
          return new Expiry(from.plusMillis(Long.parseLong(ttl)), "it waited longer than its ttl");
        });
  }

  private Optional<Duration> millis(String name) {
    return Optional.ofNullable(options.get(name)).map(Long::parseLong).map(Duration::ofMillis);
  }

  boolean isEmpty() {
    return options.isEmpty();
  }

  /// Whether there is an option here that must be understood and is not.
  boolean strange() {
    return !options.isEmpty()
        && options.keySet().stream().anyMatch(name -> Character.isUpperCase(name.charAt(0)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Terms that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public String toString() {
    return options.toString();
  }
}
