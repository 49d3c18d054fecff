package tg.queue;

import java.time.Duration;

/// Words for what went wrong.
final class Failures {
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

  /// One line about a throwable, for people.
  static String describe(Throwable failure) {
    var message = failure.getMessage();
    var name = failure.getClass().getName();
    return Remembered.cut(message == null || message.isBlank() ? name : name + ": " + message);
  }
}
