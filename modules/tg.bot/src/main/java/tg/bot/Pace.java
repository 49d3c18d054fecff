package tg.bot;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import tg.queue.Counts;
import tg.text.Voice;

/// How fast tasks come to their ends, and so how long one has to wait. Measured over the last
/// minutes from what the queue counts; silent when too little was seen. Thread-safe.
final class Pace {
  private static final long WINDOW_NANOS = Duration.ofMinutes(3).toNanos();
  private static final long LEAST_ENDED = 3;
  private static final Duration LONGEST = Duration.ofHours(12);

  private final ArrayDeque<Seen> seen = new ArrayDeque<>();
  private long before = -1;

  private record Seen(long nanos, long ended) {}

  /// Looks at the counts, from time to time.
  ///
  /// @param now of a monotonic clock, in nanoseconds
  synchronized void look(Counts counts, long now) {
    long ended = counts.finished() + counts.failed() + counts.canceled();
    // Fewer than before: some were forgotten, because their time was over.
    long more = before < 0 ? 0 : Math.max(0, ended - before);
    before = ended;
    seen.add(new Seen(now, more));
    while (now - seen.getFirst().nanos > WINDOW_NANOS) {
      seen.removeFirst();
    }
  }

  /// {@return how long it takes until the task at a place begins}
  ///
  /// @param place 1 is next
  synchronized Optional<Duration> until(long place) {
    long ended = seen.stream().skip(1).mapToLong(Seen::ended).sum();
    if (ended < LEAST_ENDED) {
      return Optional.empty();
    }
    double seconds = (seen.getLast().nanos - seen.getFirst().nanos) / 1e9;
    var wait = Duration.ofMillis(Math.round(seconds * 1000 * place / ended));
    return wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
  }

  /// {@return the words for a task that waits}
  ///
  /// @param place 1 is next; 0 when it is not known
  String words(Voice<Phrase> voice, int place) {
    if (place == 0) {
      return voice.say(Phrase.QUEUED);
    }
    return until(place)
        .map(wait -> voice.say(Phrase.QUEUED_PLACE_TIME, place, about(voice, wait)))
        .orElseGet(() -> voice.say(Phrase.QUEUED_PLACE, place));
  }

  private static String about(Voice<Phrase> voice, Duration wait) {
    return wait.toSeconds() < 60
        ? voice.say(Phrase.UNDER_A_MINUTE)
        : voice.count(Phrase.ABOUT_MINUTES, Math.round(wait.toSeconds() / 60.0));
  }
}
