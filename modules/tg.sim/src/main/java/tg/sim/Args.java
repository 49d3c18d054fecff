package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The arguments of a call, wherever in the request they stood; numbers and JSON are still text.
/// Immutable.
record Args(Map<String, String> texts, Map<String, Upload> uploads) {
  private static final int LOGGED = 4_096;

  Args {
    texts = Map.copyOf(texts);
    uploads = Map.copyOf(uploads);
  }

  /// {@return the argument, or an empty string}
  String text(String name) {
    return texts.getOrDefault(name, "");
  }

  boolean has(String name) {
    return !text(name).isEmpty();
  }

  /// {@return the number, moved into the range; what is no number counts as 0, what is absent as
  /// the default}
  int integer(String name, int absent, int least, int most) {
    if (!has(name)) {
      return absent;
    }
    return Math.clamp(leadingNumber(text(name)), least, most);
  }

  private static long leadingNumber(String text) {
    String digits = text.strip();
    boolean negative = digits.startsWith("-");
    long value = 0;
    for (int i = negative ? 1 : 0;
        i < digits.length() && Character.digit(digits.charAt(i), 10) >= 0;
        i++) {
      value = Math.min(value * 10 + Character.digit(digits.charAt(i), 10), Long.MAX_VALUE / 100);
    }
    return negative ? -value : value;
  }

  boolean flag(String name) {
    return isTrue(text(name));
  }

  static boolean isTrue(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      default -> false;
    };
  }

  /// {@return the argument as JSON, or empty if it is absent or cannot be parsed}
  Optional<JsonValue> json(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(text(name)));
    } catch (ParseException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /// {@return the file that was uploaded under this name, or that the argument points to with
  /// `attach://`}
  Optional<Upload> upload(String name) {
    Upload direct = uploads.get(name);
    if (direct != null) {
      return Optional.of(direct);
    }
    String text = text(name);
    return text.startsWith("attach://")
        ? Optional.ofNullable(uploads.get(text.substring(9)))
        : Optional.empty();
  }

  /// {@return the arguments for the log of calls: long ones cut, the token and the bytes of files
  /// left out}
  Map<String, String> logged(String token) {
    Map<String, String> shown = new TreeMap<>();
    texts.forEach((name, text) -> shown.put(name, shortened(text.replace(token, "<token>"))));
    uploads.forEach(
        (name, file) -> shown.put(name, file.name() + " (" + file.bytes().length + " bytes)"));
    return shown;
  }

  private static String shortened(String text) {
    return text.length() > LOGGED ? text.substring(0, LOGGED) + "…" : text;
  }
}
