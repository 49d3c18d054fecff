package tg.queue;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How rules are written on a server; `rules.lua` reads them. A rate: milliseconds between two
/// tokens, burst, and as it was given: count, nanoseconds; of a strict one `~` and milliseconds. A
/// group's limits: running, waiting, weight, rate.
final class RuleText {
  private static final String NONE = "-";
  private static final String STRICT = "~";

  private RuleText() {}

  static String write(Optional<Rate> rate) {
    return rate.map(RuleText::rate).orElse("");
  }

  private static String rate(Rate rate) {
    var text =
        String.join(
            " ",
            String.format(Locale.ROOT, "%.6f", rate.intervalMillis()),
            Integer.toString(rate.burst()),
            Integer.toString(rate.count()),
            Long.toString(rate.per().toNanos()));
    return rate.strict() ? text + " " + STRICT + Math.max(1, rate.per().toMillis()) : text;
  }

  /// Empty when there is no limit at all.
  static String write(GroupLimits limits) {
    return limits.equals(GroupLimits.NONE) ? "" : writeAll(limits);
  }

  static String writeAll(GroupLimits limits) {
    return String.join(
        " ",
        number(limits.running()),
        number(limits.waiting()),
        Integer.toString(limits.weight()),
        limits.rate().map(RuleText::rate).orElse(NONE + " " + NONE));
  }

  private static String number(int value) {
    return value == Integer.MAX_VALUE ? NONE : Integer.toString(value);
  }

  static QueueLimits queue(Map<String, String> fields) {
    var rate = Optional.ofNullable(fields.get("rate")).map(text -> rate(text.split(" ", -1), 0));
    var ageing =
        Optional.ofNullable(fields.get("ageing")).map(Long::valueOf).map(Duration::ofMillis);
    var each = Optional.ofNullable(fields.get("each")).map(RuleText::group);
    return new QueueLimits(rate, ageing, each.orElse(GroupLimits.NONE));
  }

  static GroupLimits group(String text) {
    var words = text.split(" ", -1);
    var rate = words[3].equals(NONE) ? Optional.<Rate>empty() : Optional.of(rate(words, 3));
    return new GroupLimits(limit(words[0]), limit(words[1]), Integer.parseInt(words[2]), rate);
  }

  private static int limit(String word) {
    return word.equals(NONE) ? Integer.MAX_VALUE : Integer.parseInt(word);
  }

  private static Rate rate(String[] words, int at) {
    int burst = Integer.parseInt(words[at + 1]);
    int count = Integer.parseInt(words[at + 2]);
    var per = Duration.ofNanos(Long.parseLong(words[at + 3]));
    return new Rate(count, per, burst, words.length > at + 4);
  }
}
