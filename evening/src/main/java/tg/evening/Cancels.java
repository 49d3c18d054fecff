package tg.evening;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tg.evening.Evidence.Asked;
import tg.queue.JobState;
import tg.sim.SimCallback;

/// What became of presses of buttons. Immutable.
///
/// @param evidence what was seen
/// @param excuses for what was not
record Cancels(Evidence evidence, Excuses excuses) {
  private static final Duration ANSWERED = Duration.ofMillis(300);
  private static final Duration STOPPED = Duration.ofSeconds(1);

  /// Of fewer, one in a hundred is the slowest of all.
  private static final int JUDGED_FROM = 100;

  /// Between the answer to a press and the end of what it cancels.
  private static final Duration GRACE = Duration.ofSeconds(2);

  void check(Setting setting, Report.Builder report) {
    var answered = new ArrayList<Duration>();
    var stopped = new ArrayList<Duration>();
    var unanswered = new ArrayList<String>();
    var ignored = new ArrayList<String>();
    for (var asked : evidence.asked()) {
      for (var press : asked.presses()) {
        if (excuses.botAway(press.at())) {
          continue;
        }
        press
            .answeredAt()
            .ifPresentOrElse(
                _ -> answered.add(wait(press)),
                () -> unanswered.add(asked.ask().text() + " pressed at " + press.at()));
        if (press.data().startsWith("c/")) {
          cancel(asked, press, stopped, ignored);
        }
      }
    }
    var p99 = quantile(answered, 0.99);
    report.count("presses of buttons while the bot was there", answered.size());
    if (setting.faults() == 0) {
      report.zero("presses never answered", unanswered);
    }
    if (setting.faults() == 0 && answered.size() >= JUDGED_FROM) {
      boolean quick = p99.compareTo(ANSWERED) <= 0;
      var cases = quick ? List.<String>of() : slow();
      report.must("press → answered, p99", seconds(p99), "at most 0.3 s", quick, cases);
    } else {
      report.figure("press → answered, p99 (not judged)", seconds(p99));
    }
    var half = quantile(stopped, 0.5);
    if (setting.faults() == 0) {
      boolean quick = half.compareTo(STOPPED) <= 0;
      report.must("Cancel pressed → task ended, median", seconds(half), "at most 1 s", quick);
      report.zero("Cancel pressed, and the task went on", ignored);
    } else {
      report.figure("Cancel pressed → task ended, median (not judged)", seconds(half));
    }
  }

  private List<String> slow() {
    return evidence.asked().stream()
        .flatMap(asked -> asked.presses().stream())
        .filter(press -> press.answeredAt().isPresent() && !excuses.botAway(press.at()))
        .filter(press -> wait(press).compareTo(ANSWERED) > 0)
        .map(press -> press.data() + " at " + press.at() + ": " + seconds(wait(press)))
        .toList();
  }

  private static Duration wait(SimCallback press) {
    return Duration.between(press.at(), press.answeredAt().orElseThrow());
  }

  private void cancel(
      Asked asked, SimCallback press, List<Duration> stopped, List<String> ignored) {
    if (asked.state().orElse(null) instanceof JobState.Canceled(var at)) {
      stopped.add(Duration.between(press.at(), at));
    } else if (asked.state().orElse(null) instanceof JobState.Finished(var at, _)
        && press.answeredAt().isPresent()
        && !excuses.botAway(press.answeredAt().get())
        && at.isAfter(press.answeredAt().get().plus(GRACE))) {
      ignored.add(asked.ask().text() + " pressed at " + press.at() + ", finished at " + at);
    }
  }

  /// {@return the value below which that part of all lies; zero when there are none}
  static Duration quantile(List<Duration> times, double part) {
    var sorted = times.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * part)));
  }

  static String seconds(Duration time) {
    return "%d.%03d s".formatted(time.toSeconds(), time.toMillisPart());
  }
}
