package tg.queue;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;

/// Words for what went wrong.
final class Failures {
  private static final int MOST_FRAMES = 12;

  private Failures() {}

  /// The server gave no answer in time.
  static QueueException.Unavailable unavailable(
      String server, Duration waited, boolean unknown, Throwable cause) {
    var applied =
        unknown
            ? "the call may have been applied, or may be still: repeat it under the same once-key"
                + " or job id to be safe"
            : "the call was not applied";
    return new QueueException.Unavailable(
        server + " is not available after " + waited + " (" + cause.getMessage() + "); " + applied,
        waited,
        unknown,
        cause);
  }

  /// The server does not let us, or we do not trust it.
  static QueueException.Denied denied(Link server, Throwable cause) {
    return new QueueException.Denied(
        server + " denies us, or we do not trust it: " + cause.getMessage() + "; " + advice(cause),
        cause);
  }

  private static String advice(Throwable cause) {
    if (Tls.distrust(cause)) {
      return "look at the certificates: its own, and ours: ca, or cert and key, in the URI";
    }
    var message = String.valueOf(cause.getMessage());
    return message.contains("permission") || message.contains("executing the script")
        ? "grant it to the user with ACL SETUSER; ACL LOG shows what was denied"
        : "look at user and password in the URI";
  }

  /// The jobs are in, and that is all that is known.
  static QueueException.NotDurable notDurable(
      Admission admission, Durability level, Testimony testimony) {
    var refusal = testimony.refusal();
    if (refusal == null) {
      return notDurable(admission, level, testimony.reached(), waitedInVain(level, testimony));
    }
    var advice =
        refusal.contains("unknown command")
            ? ": the server is too old for this level; it needs Valkey 7.2 or Redis 7.2"
            : refusal.contains("appendonly is disabled") ? ": set appendonly yes there" : "";
    return notDurable(admission, level, 0, "the server says: " + refusal + advice);
  }

  /// The jobs are in, and the time to wait for more is over.
  static QueueException.NotDurable notDurable(
      Admission admission, Durability level, Duration waited) {
    return notDurable(admission, level, 0, "there was no word of it after " + waited);
  }

  private static QueueException.NotDurable notDurable(
      Admission admission, Durability level, int reached, String why) {
    var message =
        "the jobs are in the queue, but it is not certain that they are as durable as "
            + level
            + ": "
            + why
            + "; enqueue nothing again, or only under the same once-key or job id";
    return new QueueException.NotDurable(message, admission, level, reached);
  }

  private static String waitedInVain(Durability level, Testimony testimony) {
    return level instanceof Durability.Replica
        ? "only "
            + testimony.reached()
            + " of "
            + testimony.needed()
            + " replicas had them in time; are they connected?"
        : "its disk was not synced in time";
  }

  /// Where a throwable and its causes come from, for people: of each the first frames, of all as
  /// much as is kept.
  static String trace(Throwable failure) {
    var text = new StringBuilder();
    var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
    for (var cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      text.append(text.isEmpty() ? "" : "Caused by: ").append(describe(cause)).append('\n');
      var frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        text.append("  at ").append(frames[i]).append('\n');
      }
      if (frames.length > MOST_FRAMES) {
        text.append("  and ").append(frames.length - MOST_FRAMES).append(" more\n");
      }
    }
    return Remembered.cut(text.toString());
  }

  /// One line about a throwable, for people.
  static String describe(Throwable failure) {
    var message = failure.getMessage();
    var name = failure.getClass().getName();
    return Remembered.cut(message == null || message.isBlank() ? name : name + ": " + message);
  }
}
