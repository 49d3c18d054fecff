package tg.queue;

import java.util.LinkedHashMap;
import java.util.Map;

/// On which terms a job runs, beyond its place in its queue: what the options of an envelope say.
/// Immutable.
///
/// An option whose name begins with a capital must be understood: a worker that does not know it
/// leaves the job to a newer one. Others that are not known are ignored.
final class Terms {
  static final Terms NONE = new Terms(Map.of());

  private final Map<String, String> options;

  private Terms(Map<String, String> options) {
    this.options = options;
  }

  /// Reads the options of an envelope, without the slash.
  static Terms read(String text) {
    return new Terms(Words.read(text));
  }

  /// These terms, and one more.
  Terms with(String name, String value) {
    var more = new LinkedHashMap<>(options);
    more.put(name, value);
    return new Terms(more);
  }

  /// As an envelope carries them; empty for none.
  String write() {
    return Words.write(options);
  }

  /// Whether there is an option here that must be understood and is not.
  boolean strange() {
    return options.keySet().stream().anyMatch(name -> Character.isUpperCase(name.charAt(0)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Terms that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public String toString() {
    return options.toString();
  }
}
