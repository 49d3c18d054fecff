package tg.outbox;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the workers can do, so that the bot can tell it. The worker that started last writes it.
/// Immutable.
///
/// @param entries in the order in which they are told
public record Catalog(List<Entry> entries) {
  /// The note under which it is.
  public static final String NOTE = "catalog";

  /// One command.
  ///
  /// @param command without the slash
  /// @param help one line in each language, by primary subtag
  public record Entry(String command, Map<String, String> help) {
    /// {@return the line in a language; else in English, else in any}
    public String in(String language) {
      return help.getOrDefault(
          language, help.getOrDefault("en", help.values().stream().findFirst().orElse("")));
    }
  }

  /// {@return it as text}
  public String toJson() {
    var array = Json.array();
    for (var entry : entries) {
      var help = Json.object();
      entry.help().forEach(help::add);
      array.add(Json.object().add("command", entry.command()).add("help", help));
    }
    return Json.object().add("v", 1).add("entries", array).toString();
  }

  /// {@return what was written}
  ///
  /// @throws IllegalArgumentException when another version wrote it
  public static Catalog of(String json) {
    var entries = new ArrayList<Entry>();
    for (var value : TaskJson.object(json).get("entries").asArray()) {
      var entry = value.asObject();
      var help = new HashMap<String, String>();
      for (JsonObject.Member line : entry.get("help").asObject()) {
        help.put(line.getName(), line.getValue().asString());
      }
      entries.add(new Entry(entry.getString("command", ""), Map.copyOf(help)));
    }
    return new Catalog(List.copyOf(entries));
  }
}
