package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tg.text.Phrases;
import tg.text.RichText;
import tg.text.Voice;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// Answers a text with a report on it: counts, reading time, the most frequent words, and a digest.
public final class Report implements TaskHandler {
  private static final int WORDS_PER_MINUTE = 200;
  private static final int TOP = 5;

  private final Phrases<Said> phrases = Said.load();

  /// Called by the service loader.
  public Report() {}

  @Override
  public String name() {
    return "report";
  }

  @Override
  public boolean answersText() {
    return true;
  }

  @Override
  public String help(Locale language) {
    return Said.in(phrases, language).say(Said.REPORT_HELP);
  }

  @Override
  public Answer handle(Task task, Progress progress) throws UserError {
    var voice = Said.in(phrases, task.user().language());
    if (!task.command().isEmpty() && !task.command().equals(name())) {
      throw new UserError(voice.say(Said.UNKNOWN_COMMAND, task.command()));
    }
    var text = task.text();
    if (text.isBlank()) {
      throw new UserError(voice.say(Said.REPORT_ASK));
    }
    progress.report(10, voice.say(Said.COUNTING));
    return Answer.text(
        RichText.builder()
            .add(on(text, voice))
            .add("SHA-256: ")
            .code(HexFormat.of().formatHex(Sha256.begin().digest(text.getBytes(UTF_8))))
            .build());
  }

  /// {@return the lines of a report on a text, without its digest}
  static String on(String text, Voice<Said> voice) {
    var words = words(text);
    var report = new StringBuilder();
    line(report, voice.say(Said.CHARACTERS, text.codePointCount(0, text.length())));
    line(report, voice.say(Said.WORDS, words.size()));
    line(report, voice.say(Said.LINES, text.lines().count()));
    line(report, voice.say(Said.READING_TIME, readingTime(words.size(), voice)));
    var top = mostFrequent(words);
    if (!top.isEmpty()) {
      line(report, voice.say(Said.MOST_FREQUENT, String.join(", ", top)));
    }
    return report.toString();
  }

  private static void line(StringBuilder report, String line) {
    report.append(line).append('\n');
  }

  private static List<String> words(String text) {
    var breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    var words = new ArrayList<String>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      if (Character.isLetterOrDigit(text.codePointAt(start))) {
        words.add(text.substring(start, end).toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  private static List<String> mostFrequent(List<String> words) {
    var counts = new LinkedHashMap<String, Integer>();
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(TOP)
        .map(entry -> entry.getKey() + " ×" + entry.getValue())
        .toList();
  }

  private static String readingTime(int words, Voice<Said> voice) {
    int seconds = Math.max(1, words * 60 / WORDS_PER_MINUTE);
    return seconds < 60
        ? voice.say(Said.SECONDS, seconds)
        : voice.say(Said.MINUTES, (seconds + 30) / 60);
  }
}
