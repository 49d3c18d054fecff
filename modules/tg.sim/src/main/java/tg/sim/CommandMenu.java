package tg.sim;

import com.eclipsesource.json.JsonArray;
import java.util.LinkedHashMap;
import java.util.Map;

/// A bot's lists of commands, one for each scope and language. Guarded by the [World]'s lock.
final class CommandMenu {
  private final Map<String, JsonArray> lists = new LinkedHashMap<>();

  void set(String scope, String language, JsonArray commands) {
    if (commands.isEmpty()) {
      lists.remove(scope + "/" + language);
    } else {
      lists.put(scope + "/" + language, commands);
    }
  }

  JsonArray get(String scope, String language) {
    return lists.getOrDefault(scope + "/" + language, new JsonArray());
  }

  JsonArray standard() {
    return get("default", "");
  }
}
