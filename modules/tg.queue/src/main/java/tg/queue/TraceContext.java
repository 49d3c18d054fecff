package tg.queue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// A place in a distributed trace, as W3C Trace Context (level 1) writes it in `traceparent`. It
/// travels with jobs by itself: what is enqueued where {@link #CURRENT} is bound carries it in the
/// header `traceparent`, and the handler of such a job runs with it bound, so that what it enqueues
/// carries it too. Immutable.
///
/// @param traceId 32 lower-case hexadecimal digits, not all zero
/// @param parentId 16 lower-case hexadecimal digits, not all zero
/// @param flags the lowest bit says that the trace is sampled, 0 to 255
public record TraceContext(String traceId, String parentId, int flags) {
  /// The header that carries it.
  public static final String HEADER = "traceparent";

  /// Where this thread is in a trace; bound by the worker, or by whoever begins a trace.
  public static final ScopedValue<TraceContext> CURRENT = ScopedValue.newInstance();

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern PARENT = Pattern.compile("(?!0{16})[0-9a-f]{16}");

  /// Checks the parts.
  public TraceContext {
    if (!TRACE.matcher(traceId).matches()
        || !PARENT.matcher(parentId).matches()
        || flags < 0
        || flags > 255) {
      throw new IllegalArgumentException(
          "not a trace context: " + traceId + " " + parentId + " " + flags);
    }
  }

  /// {@return a new trace that is sampled}
  public static TraceContext begin() {
    return new TraceContext(random() + random(), random(), 1);
  }

  /// {@return what a `traceparent` says; empty when it is not one, as the rule is to ignore such}
  public static Optional<TraceContext> read(String traceparent) {
    var matcher = FORM.matcher(traceparent);
    if (!matcher.matches()
        || matcher.group(1).equals("ff")
        || (matcher.group(1).equals("00") && matcher.group(5) != null)
        || !TRACE.matcher(matcher.group(2)).matches()
        || !PARENT.matcher(matcher.group(3)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new TraceContext(
            matcher.group(2), matcher.group(3), Integer.parseInt(matcher.group(4), 16)));
  }

  /// {@return another place in the same trace}
  public TraceContext child() {
    return new TraceContext(traceId, random(), flags);
  }

  /// {@return it as `traceparent`}
  @Override
  public String toString() {
    return "00-" + traceId + "-" + parentId + "-" + HexFormat.of().toHexDigits((byte) flags);
  }

  /// The job with the place where it is enqueued, unless it says one itself.
  static NewJob carry(NewJob job) {
    return CURRENT.isBound() && !job.headers().containsKey(HEADER)
        ? job.header(HEADER, CURRENT.get().toString())
        : job;
  }

  /// What follows a job is in its trace.
  static List<NewJob> after(Job job, List<NewJob> followUps) {
    var header = job.headers().get(HEADER);
    return header == null
        ? followUps
        : followUps.stream()
            .map(next -> next.headers().containsKey(HEADER) ? next : next.header(HEADER, header))
            .toList();
  }

  static Outcome run(Job job, JobHandler handler) throws Exception {
    var header = job.headers().get(HEADER);
    if (header == null) {
      return handler.handle(job);
    }
    var context = read(header);
    return context.isPresent()
        ? ScopedValue.where(CURRENT, context.get()).call(() -> handler.handle(job))
        : handler.handle(job);
  }

  private static String random() {
    long value;
    do {
      value = ThreadLocalRandom.current().nextLong();
    } while (value == 0);
    return HexFormat.of().toHexDigits(value);
  }
}
