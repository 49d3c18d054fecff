package tg.queue;

import tg.queue.internal.valkey.exceptions.JedisDataException;

/// What an error reply of the server asks for.
enum Refusal {
  /// The script is not loaded there: load it and repeat.
  LOAD,
  /// It cannot serve now, but will: wait and repeat.
  WAIT,
  /// Another server may: connect again, wait and repeat.
  RECONNECT,
  /// It does not let us in, until an operator does something: say so, wait and repeat.
  DENIED,
  /// Repeating would not help.
  FINAL;

  static Refusal of(JedisDataException error) {
    var message = String.valueOf(error.getMessage());
    int space = message.indexOf(' ');
    return switch (space < 0 ? message : message.substring(0, space)) {
      case "NOSCRIPT" -> LOAD;
      case "LOADING", "BUSY", "CLUSTERDOWN", "TRYAGAIN", "ASK", "MISCONF", "OOM", "NOREPLICAS" ->
          WAIT;
      case "READONLY", "MASTERDOWN", "MOVED", "UNKILLABLE", "UNBLOCKED" -> RECONNECT;
      case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED" -> DENIED;
      default -> other(message);
    };
  }

  /// Errors without a word of their own.
  private static Refusal other(String message) {
    if (message.contains("max number of clients")
        || message.contains("cannot be used with replica instances")) {
      return RECONNECT;
    }
    boolean denied =
        message.contains("ACL failure in script")
            || message.contains("user executing the script can't")
            || message.contains("invalid password")
            || message.contains("AUTH <password>");
    return denied ? DENIED : FINAL;
  }
}
