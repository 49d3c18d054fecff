package tg.evening;

import java.time.Duration;

/// One thing that goes wrong.
sealed interface Blow {
  /// {@return when, from the beginning}
  Duration at();

  /// SIGKILL of a worker; it is started again after a second.
  ///
  /// @param which of the two, from 0
  record KillWorker(int which, Duration at) implements Blow {}

  /// The bot is killed, or asked to stop, and started again at once.
  ///
  /// @param kill whether by SIGKILL
  record RestartBot(boolean kill, Duration at) implements Blow {}

  /// Somebody blocks the bot for a while.
  ///
  /// @param place the private chat, as an index
  /// @param lasts for how long
  record Block(int place, Duration at, Duration lasts) implements Blow {}
}
