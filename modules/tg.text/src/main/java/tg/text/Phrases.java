package tg.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a program says to people, in several languages. Immutable. Each phrase is a constant of an
/// enum; its words are in one file of properties for each language, under the constant's name in
/// lower case. `{0}` in them stands for the first thing said, `{1}` for the second. A phrase that
/// goes with a number has one entry for each plural form of the language: `.one` and `.other` in
/// English, `.one`, `.few` and `.many` in Russian.
///
/// @param <P> the phrases
public final class Phrases<P extends Enum<P>> {
  private final Map<String, Voice<P>> voices;
  private final Voice<P> first;

  private Phrases(Map<String, Voice<P>> voices, Voice<P> first) {
    this.voices = voices;
    this.first = first;
  }

  /// Opens a resource; a module's resources can be opened by its own classes only.
  @FunctionalInterface
  public interface Resources {
    /// {@return the resource, or null when there is none}
    @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
    @Nullable InputStream open(String name);
  }

  /// Reads the phrases.
  ///
  /// @param file the files' name: `words` for `words.en.properties`
  /// @param languages primary subtags; the first is spoken to those whose language is not there
  /// @throws IllegalStateException when a language lacks a phrase, or has one too many; it names
  ///   them all
  public static <P extends Enum<P>> Phrases<P> load(
      Class<P> phrases, Resources resources, String file, List<String> languages) {
    var voices = new LinkedHashMap<String, Voice<P>>();
    var problems = new ArrayList<String>();
    for (var language : languages) {
      var words = read(resources, file + "." + language + ".properties");
      check(phrases, language, words, problems);
      voices.put(language, new Voice<>(language, Map.copyOf(words)));
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
    var first = voices.get(languages.getFirst());
    if (first == null) {
      throw new IllegalStateException("there is no first language");
    }
    return new Phrases<>(voices, first);
  }

  private static Map<String, String> read(Resources resources, String name) {
    var properties = new Properties();
    try (var in = resources.open(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      properties.load(new InputStreamReader(in, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var words = new LinkedHashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
    return words;
  }

  private static <P extends Enum<P>> void check(
      Class<P> phrases, String language, Map<String, String> words, List<String> problems) {
    var left = new TreeSet<>(words.keySet());
    for (var phrase : phrases.getEnumConstants()) {
      var key = key(phrase);
      if (left.remove(key)) {
        continue;
      }
      for (var form : Plural.values()) {
        if (form.in(language) && !left.remove(key + suffix(form))) {
          problems.add(language + " lacks " + key + " (or " + key + suffix(form) + ")");
        }
      }
    }
    left.forEach(key -> problems.add(language + " has " + key + ", which nobody says"));
  }

  static String key(Enum<?> phrase) {
    return phrase.name().toLowerCase(Locale.ROOT);
  }

  static String suffix(Plural form) {
    return "." + form.name().toLowerCase(Locale.ROOT);
  }

  /// {@return the voice for a person}
  ///
  /// @param tag an IETF tag, of which the primary subtag counts; may be empty or unknown
  public Voice<P> in(String tag) {
    var primary = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return voices.getOrDefault(primary, first);
  }

  /// {@return the languages, the first one first}
  public List<String> languages() {
    return List.copyOf(voices.keySet());
  }
}
