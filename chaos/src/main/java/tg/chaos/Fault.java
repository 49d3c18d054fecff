package tg.chaos;

/// One thing that is broken. Times are milliseconds.
sealed interface Fault {
  /// SIGKILL of a process, and a new one in its place later.
  ///
  /// @param target the process's name
  /// @param back until the new one is started
  record Kill(String target, int back) implements Fault {}

  /// SIGSTOP of a process, and SIGCONT later.
  record Pause(String target, int time) implements Fault {}

  /// `CLIENT KILL`: the server ends the connections of every process.
  record Disconnect() implements Fault {}

  /// The proxy ends the connections of a process now, in whatever state they are.
  record Cut(String target) implements Fault {}

  /// The proxy loses the next answers to a process and ends those connections: the server has
  /// applied the call, the process does not know.
  record Lose(String target, int answers) implements Fault {}

  /// The proxy loses the next requests of a process and ends those connections: nothing was
  /// applied.
  record Drop(String target, int requests) implements Fault {}

  /// The proxy holds up everything to and from a process.
  ///
  /// @param by how long each piece is held up
  record Delay(String target, int by, int time) implements Fault {}

  /// Nothing passes the proxy to and from a process, and nobody is told; then the connections end.
  record HalfOpen(String target, int time) implements Fault {}

  /// SIGKILL of the server.
  ///
  /// @param back until it is started again
  record KillServer(int back) implements Fault {}

  /// `SHUTDOWN` of the server.
  record StopServer(int back) implements Fault {}

  /// SIGKILL of the primary; when another server has taken its place, it comes back as a replica.
  ///
  /// @param back from then on until it is started again
  record KillPrimary(int back) implements Fault {}

  /// SIGSTOP of the primary; when another server has taken its place, SIGCONT: it does not know.
  ///
  /// @param time for how long it may believe that it is the primary
  record PausePrimary(int time) implements Fault {}

  /// The Sentinels are told to put the replica in the primary's place.
  record HandOver() implements Fault {}

  /// {@return its name in histories and in the table}
  default String kind() {
    return switch (this) {
      case Kill _ -> "kill";
      case Pause _ -> "pause";
      case Disconnect _ -> "disconnect";
      case Cut _ -> "cut";
      case Lose _ -> "lose";
      case Drop _ -> "drop";
      case Delay _ -> "delay";
      case HalfOpen _ -> "half-open";
      case KillServer _ -> "kill-server";
      case StopServer _ -> "stop-server";
      case KillPrimary _ -> "kill-primary";
      case PausePrimary _ -> "pause-primary";
      case HandOver _ -> "hand-over";
    };
  }

  /// {@return the process it is aimed at; `all` for the server}
  default String target() {
    return switch (this) {
      case Kill(var target, var _) -> target;
      case Pause(var target, var _) -> target;
      case Cut(var target) -> target;
      case Lose(var target, var _) -> target;
      case Drop(var target, var _) -> target;
      case Delay(var target, var _, var _) -> target;
      case HalfOpen(var target, var _) -> target;
      case Disconnect _, KillServer _, StopServer _, KillPrimary _, PausePrimary _, HandOver _ ->
          "all";
    };
  }
}
