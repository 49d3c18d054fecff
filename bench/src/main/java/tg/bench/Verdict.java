package tg.bench;

import java.util.Locale;

/// Prints figures with what they must be, and remembers whether all were met. Confined to one
/// thread at a time.
final class Verdict {
  private boolean met = true;

  /// Prints a figure that must lie within a range.
  void within(String what, double value, double least, double most) {
    boolean good = value >= least && value <= most;
    met &= good;
    System.out.printf(
        Locale.ROOT,
        "%-64s %10.3f  must be %.3f to %.3f  %s%n",
        what,
        value,
        least,
        most,
        good ? "met" : "MISSED");
  }

  /// {@return the exit status}
  int status() {
    return met ? 0 : 1;
  }
}
