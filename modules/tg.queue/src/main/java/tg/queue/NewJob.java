package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A job to be enqueued: what to do, on which queue, and how. Immutable; each method returns a
/// changed copy.
///
/// ```java
/// NewJob.of("tasks", "resize", Payload.of(json)).group("user:42").delay(Duration.ofSeconds(10))
/// ```
public final class NewJob {
  private static final int MOST_HEADERS = 8 * 1024;
  private static final int MOST_OTHERS = 1_000;

  private static final Options PLAIN = new Options();

  private final String queue;
  private final String type;
  private final Payload payload;
  private final Options options;

  /// What the methods set. Written only before its job is seen by anybody.
  private static final class Options {
    private @Nullable JobId id;
    private @Nullable String group;
    private Priority priority = Priority.NORMAL;
    private @Nullable Instant at;
    private @Nullable Duration delay;
    private @Nullable String replaceKey;
    private @Nullable Duration keep;
    private Map<String, String> headers = Map.of();
    private @Nullable Duration ttl;
    private @Nullable Unique unique;
    private List<JobRef> after = List.of();
    private Terms terms = Terms.NONE;

    private Options() {}

    private Options(Options other) {
      id = other.id;
      group = other.group;
      priority = other.priority;
      at = other.at;
      delay = other.delay;
      replaceKey = other.replaceKey;
      keep = other.keep;
      headers = other.headers;
      ttl = other.ttl;
      unique = other.unique;
      after = other.after;
      terms = other.terms;
    }
  }

  private NewJob(String queue, String type, Payload payload, Options options) {
    this.queue = queue;
    this.type = type;
    this.payload = payload;
    this.options = options;
  }

  private NewJob changed(Consumer<Options> change) {
    var copy = new Options(options);
    change.accept(copy);
    return new NewJob(queue, type, payload, copy);
  }

  /// Describes a job that may run at once, in no group, at {@link Priority#NORMAL}.
  ///
  /// @param queue 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param type what a handler looks at to know what to do; same characters
  /// @param payload anything, up to the size limit of the {@link Queues} (1 MiB by default)
  public static NewJob of(String queue, String type, Payload payload) {
    return new NewJob(Names.check("queue", queue), Names.check("job type", type), payload, PLAIN);
  }

  /// Names the job. Default: a generated ULID. See {@link JobId} for what a name of your own gives.
  public NewJob id(JobId value) {
    return changed(options -> options.id = value);
  }

  /// Puts the job into a group, for example a user or a tenant. Jobs of one group start in the
  /// order they were enqueued; groups take turns, so a long one does not hold up the others.
  /// Default: no group.
  ///
  /// @param value 1 to 64 characters out of `A-Z a-z 0-9 . _ : - { }`; groups with the same `{tag}`
  ///   in their names are in one partition
  public NewJob group(String value) {
    Names.checkTagged("group", value);
    return changed(options -> options.group = value);
  }

  /// Sets how urgent the job is within its queue. Default: {@link Priority#NORMAL}.
  public NewJob priority(Priority value) {
    return changed(options -> options.priority = value);
  }

  /// Lets the job run no earlier than the given instant of the server's clock; millisecond
  /// resolution. Replaces a delay.
  public NewJob at(Instant value) {
    return changed(options -> {
      options.at = value;
      options.delay = null;
    });
  }

  /// Lets the job run no earlier than the given time after the server took it; millisecond
  /// resolution. Replaces an instant.
  ///
  /// @param value zero or more
  public NewJob delay(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("delay " + value + " must not be negative");
    }
    return changed(options -> {
      options.at = null;
      options.delay = value;
    });
  }

  /// Gives the job a key under which it replaces the job that still waits under the same key in the
  /// same queue: that job keeps its id and its place, and gets this one's type, headers and
  /// payload. Once it runs, the key is free again. Takes the place of {@link #unique}. Default: no
  /// key.
  ///
  /// @param value 1 to 64 characters out of `A-Z a-z 0-9 . _ : - { }`; in a namespace with several
  ///   partitions a key is known in the partition of the job's group
  public NewJob replacing(String value) {
    Names.checkTagged("replace key", value);
    return changed(options -> {
      options.replaceKey = value;
      options.unique = null;
    });
  }

  /// Lets the job wait until nothing new has come under its key for a while: a job that still waits
  /// under the key is replaced, as by {@link #replacing}, and waits anew. Sets the delay.
  ///
  /// @param key 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param quiet how long nothing new must come, zero or more
  /// @param atMost how long it may be put off in all, from the first job under the key
  public NewJob debounced(String key, Duration quiet, Duration atMost) {
    return replacing(key).delay(quiet).option(Terms.DEBOUNCE, millis("atMost", atMost));
  }

  /// Makes the job superfluous while another job of its queue holds its key. Takes the place of
  /// {@link #replacing}. Default: not unique.
  public NewJob unique(Unique value) {
    return changed(options -> {
      options.unique = value;
      options.replaceKey = null;
    });
  }

  /// Lets the job wait for the end of others: it is {@link JobState.Deferred} until each of them
  /// has finished, and is canceled when one ends otherwise. A delay counts from then.
  ///
  /// @param others up to 1,000 jobs, in any queues of the namespace, that are known when this one
  ///   is added, if need be by the same call; one that is not known counts as not finished
  public NewJob after(JobRef... others) {
    return after(List.of(others), Otherwise.CANCEL);
  }

  /// Lets the job wait for the end of others, see {@link #after(JobRef...)}.
  ///
  /// @param otherwise what becomes of it when one of them does not finish
  public NewJob after(List<JobRef> others, Otherwise otherwise) {
    if (others.size() > MOST_OTHERS) {
      throw new IllegalArgumentException(
          others.size() + " jobs to wait for are too many: at most " + MOST_OTHERS);
    }
    var list = others.stream().distinct().toList();
    return changed(options -> {
      options.after = list;
      options.terms = options.terms.after(list, otherwise);
    });
  }

  /// Sets how long the job's end (result or failure) stays readable. Default: what the {@link
  /// Queues} say.
  ///
  /// @param value zero (forget at once) up to 365 days; kept to within a sixteenth
  public NewJob keep(Duration value) {
    if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("keep " + value + " must be between zero and 365 days");
    }
    return changed(options -> options.keep = value);
  }

  /// Sets how long an attempt may take; then its thread is interrupted and the attempt has failed,
  /// whether the handler reacts or not. Default: what the worker says.
  ///
  /// @param value 1 millisecond up to 365 days
  public NewJob timeout(Duration value) {
    return option(Terms.TIMEOUT, millis("timeout", value));
  }

  /// Sets how long all attempts together may take, and the waiting before and in between. After it
  /// the job fails, wherever it is, and the worker's `onExhausted` is asked. Default: no limit.
  ///
  /// @param value 1 millisecond up to 365 days, from the time the server took the job
  public NewJob deadline(Duration value) {
    return option(Terms.DEADLINE, millis("deadline", value));
  }

  /// Sets how long the job may wait for its first start. After it the job fails without having run,
  /// and the worker's `onExhausted` is asked. Default: no limit.
  ///
  /// @param value 1 millisecond up to 365 days, from the time at which it may run; waiting for
  ///   other jobs counts
  public NewJob ttl(Duration value) {
    millis("ttl", value);
    return changed(options -> options.ttl = value);
  }

  /// Sets how often the job is tried, and the pauses in between. Default: what the worker says.
  public NewJob retry(Retries value) {
    return option(Terms.RETRIES, value.write());
  }

  private static String millis(String what, Duration value) {
    Settings.within(what, value, Duration.ofMillis(1), Duration.ofDays(365));
    return String.valueOf(AddedRuns.millis(value));
  }

  /// Sets a header: a small named text that travels beside the payload, for example a trace context
  /// or a content type. Replaces the value given before under the name. A job that replaces another
  /// ({@link #replacing}) brings its headers.
  ///
  /// @param name 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param value any text; all headers together have at most 8 KiB in UTF-8
  public NewJob header(String name, String value) {
    Names.check("header", name);
    var more = new LinkedHashMap<>(options.headers);
    more.put(name, value);
    int bytes = Words.write(more).length();
    if (bytes > MOST_HEADERS) {
      throw new IllegalArgumentException(
          "the headers of a job have " + bytes + " bytes; they may have " + MOST_HEADERS);
    }
    return changed(options -> options.headers = Collections.unmodifiableMap(more));
  }

  /// {@return the queue's name}
  public String queue() {
    return queue;
  }

  /// {@return what to do}
  public String type() {
    return type;
  }

  /// {@return the payload}
  public Payload payload() {
    return payload;
  }

  /// {@return the name given, if one was}
  public Optional<JobId> id() {
    return Optional.ofNullable(options.id);
  }

  /// {@return the group, if there is one}
  public Optional<String> group() {
    return Optional.ofNullable(options.group);
  }

  /// {@return how urgent it is}
  public Priority priority() {
    return options.priority;
  }

  /// {@return the instant before which it must not run, if one was given}
  public Optional<Instant> at() {
    return Optional.ofNullable(options.at);
  }

  /// {@return the delay, if one was given}
  public Optional<Duration> delay() {
    return Optional.ofNullable(options.delay);
  }

  /// {@return the key under which it replaces a waiting job, if there is one}
  public Optional<String> replaceKey() {
    return Optional.ofNullable(options.replaceKey);
  }

  /// {@return how long its end stays readable, if that was set}
  public Optional<Duration> keep() {
    return Optional.ofNullable(options.keep);
  }

  /// {@return the headers, in the order in which they were set; unmodifiable}
  public Map<String, String> headers() {
    return options.headers;
  }

  @SuppressWarnings("ReferenceEquality") // The same object means that nothing was sealed.
  NewJob payload(Payload value) {
    return value == payload ? this : new NewJob(queue, type, value, options);
  }

  NewJob terms(Terms value) {
    return changed(options -> options.terms = value);
  }

  /// {@return the jobs that it waits for}
  public List<JobRef> after() {
    return options.after;
  }

  /// {@return how it is unique, if it is}
  public Optional<Unique> unique() {
    return Optional.ofNullable(options.unique);
  }

  /// Whether the scripts need to know no more of it than its lane and its envelope.
  boolean simple() {
    return options.id == null
        && options.at == null
        && options.delay == null
        && options.replaceKey == null
        && options.unique == null
        && options.ttl == null
        && options.terms.isEmpty();
  }

  /// The key in its envelope: one that is free once it starts.
  Optional<String> startKey() {
    return replaceKey().or(() -> unique().filter(value -> value.kind() == 'q').map(Unique::key));
  }

  /// All that its envelope says as options.
  Terms terms() {
    var terms = options.terms;
    var ttl = options.ttl;
    if (ttl != null) {
      long millis = AddedRuns.millis(options.delay == null ? ttl : ttl.plus(options.delay));
      var from = options.at == null ? "" : "@" + options.at.toEpochMilli();
      terms = terms.with(Terms.TTL, millis + from);
    }
    if (options.unique != null && options.unique.kind() == 'f') {
      terms = terms.with(Terms.UNIQUE, options.unique.key());
    }
    if (!options.after.isEmpty() && options.at != null) {
      terms = terms.with(Terms.AT, String.valueOf(options.at.toEpochMilli()));
    }
    if (!options.after.isEmpty() && options.delay != null) {
      terms = terms.with(Terms.DELAY, String.valueOf(AddedRuns.millis(options.delay)));
    }
    return terms;
  }

  /// Sets an option that travels in the envelope.
  NewJob option(String name, String value) {
    return changed(options -> options.terms = options.terms.with(name, value));
  }

  @Override
  public String toString() {
    return "NewJob[" + queue + "/" + type + id().map(id -> " " + id).orElse("") + "]";
  }
}
