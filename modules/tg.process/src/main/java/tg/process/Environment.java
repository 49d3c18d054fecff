package tg.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads variables and remembers every problem, so that all are told at once. Confined to one
/// thread at a time.
final class Environment {
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> known = new TreeSet<>();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /// A value that is read by a function; when that refuses, the fallback stands in until {@link
  /// #check} throws.
  <T> T value(String name, T fallback, String allowed, Function<String, T> reader) {
    known.add(name);
    var text = variables.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      // An address may carry a password.
      var shown = text.replaceAll("://[^/]*@", "://***@");
      problems.add(name + "=" + shown + " is not allowed: it must be " + allowed);
      return fallback;
    }
  }

  String text(String name, String fallback) {
    return value(name, fallback, "text", Function.identity());
  }

  int number(String name, int fallback, int min, int max) {
    return value(
        name,
        fallback,
        "a whole number from " + min + " to " + max,
        text -> {
          int number = Integer.parseInt(text);
          if (number < min || number > max) {
            throw new IllegalArgumentException(text);
          }
          return number;
        });
  }

  Duration seconds(String name, int fallback, int min, int max) {
    return Duration.ofSeconds(number(name, fallback, min, max));
  }

  /// A secret, given by itself or by the name of a file that holds it. Its value is in no message.
  <T> T secret(String name, T fallback, String allowed, Function<String, T> reader) {
    var fileName = name + "_FILE";
    known.add(name);
    known.add(fileName);
    var direct = variables.getOrDefault(name, "").strip();
    var file = variables.getOrDefault(fileName, "").strip();
    if (direct.isEmpty() == file.isEmpty()) {
      problems.add(
          direct.isEmpty()
              ? name + " or " + fileName + " must be set: " + allowed
              : name + " and " + fileName + " are both set: keep one");
      return fallback;
    }
    try {
      return reader.apply(direct.isEmpty() ? Files.readString(Path.of(file)) : direct);
    } catch (IOException e) {
      problems.add(fileName + "=" + file + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      problems.add(
          (direct.isEmpty() ? fileName + "=" + file + " holds" : name + " is") + " not " + allowed);
    }
    return fallback;
  }

  void problem(String text) {
    problems.add(text);
  }

  /// Throws when there was a problem, or when a `TG_*` variable is set that nobody reads.
  void check() {
    for (var name : new TreeSet<>(variables.keySet())) {
      if (name.startsWith("TG_") && !known.contains(name)) {
        problems.add(
            name + " is not a setting of tg; the settings are " + String.join(", ", known));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }
}
