package tg.evening;

import java.time.Duration;

/// Which evening. Immutable.
///
/// @param seed of who asks what when, and of what goes wrong
/// @param tasks how many are asked, 50 to 20,000
/// @param faults how many of a hundred calls of the Bot API fail, 0 to 50
/// @param edit whether answers take the place of acknowledgements
record Setting(long seed, int tasks, int faults, boolean edit) {
  /// A few more than Telegram's limits let through, so that letters come to wait.
  private static final double TASKS_A_SECOND = 11;

  /// Checks the ranges.
  Setting {
    if (tasks < 50 || tasks > 20_000) {
      throw new IllegalArgumentException("--tasks must be 50 to 20000, not " + tasks);
    }
    if (faults < 0 || faults > 50) {
      throw new IllegalArgumentException("--faults must be 0 to 50, not " + faults);
    }
  }

  /// {@return for how long people ask}
  Duration asking() {
    return Duration.ofMillis(Math.round(tasks * 1000 / TASKS_A_SECOND));
  }
}
