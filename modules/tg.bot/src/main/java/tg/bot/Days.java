package tg.bot;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tg.queue.Admission.Repeated;
import tg.queue.Queues;

/// How many tasks each person has asked for today, in all chats; a day begins at midnight UTC.
/// Thread-safe.
///
/// Each task takes a numbered name of its person's day, which the queue remembers; so the count
/// outlives this process. A bot that starts learns it with a person's first task, which may so be
/// one over the limit; one that dies between a task and its count has given one away.
final class Days {
  private static final Duration REMEMBERED = Duration.ofHours(26);

  private final Queues queues;
  private final int most;
  private final InstantSource clock;
  private final Map<Long, Integer> counts = new ConcurrentHashMap<>();
  private volatile LocalDate today;

  /// @param most tasks of a person in a day; 0 for no limit
  Days(Queues queues, int most, InstantSource clock) {
    this.queues = queues;
    this.most = most;
    this.clock = clock;
    this.today = date();
  }

  private LocalDate date() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void turn() {
    var date = date();
    if (!date.equals(today)) {
      today = date;
      counts.clear();
    }
  }

  /// {@return whether a person has asked for as much as may be}
  boolean full(long user) {
    turn();
    return most > 0 && counts.getOrDefault(user, 0) >= most;
  }

  /// Counts one more.
  void count(long user) {
    turn();
    if (most == 0) {
      return;
    }
    int number = counts.getOrDefault(user, 0) + 1;
    while (number < most && taken(user, number)) {
      number++;
    }
    counts.put(user, number);
  }

  private boolean taken(long user, int number) {
    var name = "day." + today + ".u" + user + "." + number;
    return queues.enqueueOnce(name, REMEMBERED, List.of()) instanceof Repeated;
  }

  Duration untilTomorrow() {
    var now = clock.instant().atZone(ZoneOffset.UTC);
    return Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plusDays(1));
  }
}
