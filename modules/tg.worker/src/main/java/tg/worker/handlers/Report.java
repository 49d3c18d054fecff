package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// Answers a text with a report on it: counts, reading time, the most frequent words, and a digest.
public final class Report implements TaskHandler {
  private static final int WORDS_PER_MINUTE = 200;
  private static final int TOP = 5;

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
    return "counts, reading time, frequent words and digest of a text";
  }

  @Override
  public Answer handle(Task task, Progress progress) throws UserError {
    if (!task.command().isEmpty() && !task.command().equals(name())) {
      throw new UserError("I do not know /" + task.command() + ". Try /help.");
    }
    var text = task.text();
    if (text.isBlank()) {
      throw new UserError("Send me a text, and I will report on it.");
    }
    progress.report(10, "counting");
    var words = words(text);
    progress.report(60, "sorting words");
    var report = new StringBuilder();
    report.append("Characters: ").append(text.codePointCount(0, text.length())).append('\n');
    report.append("Words: ").append(words.size()).append('\n');
    report.append("Lines: ").append(text.lines().count()).append('\n');
    report.append("Reading time: ").append(readingTime(words.size())).append('\n');
    var top = mostFrequent(words);
    if (!top.isEmpty()) {
      report.append("Most frequent: ").append(String.join(", ", top)).append('\n');
    }
    return Answer.text(report.append("SHA-256: ").append(digest(text)).toString());
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

  private static String readingTime(int words) {
    int seconds = Math.max(1, words * 60 / WORDS_PER_MINUTE);
    return seconds < 60 ? seconds + " s" : (seconds + 30) / 60 + " min";
  }

  private static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
