package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A job as the server keeps it: 13 digits of the millisecond in which it was added, a character of
/// flags, a digit of priority, `group/type/keep/key/`, then, each if its flag is set, the headers
/// and the options as {@link Words}, each with a slash after it, and the payload. No name contains
/// a slash. The server puts the millisecond in front; a client writes the rest. Immutable.
///
/// Old and new processes meet in one namespace while an application is upgraded. Headers and
/// options that a reader does not know are carried along; {@link Terms} says which are ignored. A
/// new flag is a new layout.
final class Envelope {
  private static final int MILLIS = 13;
  private static final int HAS_KEEP = 1;
  private static final int HAS_HEADERS = 2;
  private static final int HAS_KEY = 4;
  private static final int HAS_OPTIONS = 8;

  private final byte[] bytes;
  private final int start;
  private final int[] slashes = new int[6];

  /// Looks into an envelope that begins at the given place and ends with the bytes.
  Envelope(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
    int at = start + MILLIS + 2;
    for (int i = 0; i < slashes.length; i++) {
      if (i < 4 || has(i == 4 ? HAS_HEADERS : HAS_OPTIONS)) {
        while (bytes[at] != '/') {
          at++;
        }
        at++;
      }
      slashes[i] = at - 1;
    }
  }

  /// Writes what a client knows.
  static byte[] write(NewJob job) {
    var keep = job.keep().map(Duration::toMillis).map(String::valueOf).orElse("");
    var key = job.startKey().orElse("");
    var headers = job.headers().isEmpty() ? "" : Words.write(job.headers()) + "/";
    var terms = job.terms().write();
    var options = terms.isEmpty() ? "" : terms + "/";
    int flags =
        (keep.isEmpty() ? 0 : HAS_KEEP)
            | (headers.isEmpty() ? 0 : HAS_HEADERS)
            | (key.isEmpty() ? 0 : HAS_KEY)
            | (options.isEmpty() ? 0 : HAS_OPTIONS);
    var payload = job.payload().raw();
    var lead = (char) ('0' + flags) + String.valueOf(level(job.priority()));
    var head =
        (lead
                + job.group().orElse("")
                + "/"
                + job.type()
                + "/"
                + keep
                + "/"
                + key
                + "/"
                + headers
                + options)
            .getBytes(ISO_8859_1);
    var all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  /// The digit of a priority; lower ones come first.
  static int level(Priority priority) {
    return switch (priority) {
      case URGENT -> 0;
      case HIGH -> 1;
      case NORMAL -> 2;
      case LOW -> 3;
    };
  }

  /// The job in it.
  Job job(JobId id, String queue, Job.Tries tries) {
    var group = text(start + MILLIS + 2, slashes[0]);
    int from = slashes[5] + 1;
    var payload = new byte[bytes.length - from];
    System.arraycopy(bytes, from, payload, 0, payload.length);
    var headers =
        has(HAS_HEADERS) ? Words.read(text(slashes[3] + 1, slashes[4])) : Map.<String, String>of();
    var terms = has(HAS_OPTIONS) ? Terms.read(text(slashes[4] + 1, slashes[5])) : Terms.NONE;
    var body = new Job.Body(Payload.own(payload), group.isEmpty() ? null : group, headers, terms);
    var type = text(slashes[0] + 1, slashes[1]);
    return new Job(id, queue, type, body, Instant.ofEpochMilli(addedMillis()), tries);
  }

  private boolean has(int flag) {
    return ((bytes[start + MILLIS] - '0') & flag) != 0;
  }

  private long addedMillis() {
    long value = 0;
    for (int i = start; i < start + MILLIS; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }
}
