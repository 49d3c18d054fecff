package tg.evening;

import java.time.Duration;

/// One thing that somebody asks. Immutable.
///
/// @param number from 1; the answer repeats it
/// @param place where, as an index
/// @param person which of the people there, as an index
/// @param kind what the task does
/// @param takes how long it does so
/// @param deed what the person does then
/// @param at when, from the beginning
record Ask(int number, int place, int person, Kind kind, Duration takes, Deed deed, Duration at) {

  /// What a task does.
  enum Kind {
    /// It is answered.
    ANSWER,
    /// It is answered in two messages.
    LONG,
    /// It tells how far it has come, and is answered.
    PROGRESS,
    /// It fails at first, and is answered.
    FLAKY,
    /// It cannot be done as it was asked.
    REFUSE,
    /// It fails for good, until the person has it tried again.
    FAIL
  }

  /// What a person does after asking.
  enum Deed {
    /// Waits.
    NONE,
    /// Presses Cancel.
    CANCEL,
    /// Presses Try again.
    RETRY,
    /// Presses Try again twice.
    RETRY_TWICE,
    /// Deletes the message that asked.
    DELETE,
    /// Deletes it without Telegram's telling the bot.
    DELETE_UNNOTICED
  }

  /// {@return the text for the program that does the tasks}
  String text() {
    return "%d %s %d.%03d"
        .formatted(
            number,
            kind.name().toLowerCase(java.util.Locale.ROOT),
            takes.toSeconds(),
            takes.toMillisPart());
  }
}
