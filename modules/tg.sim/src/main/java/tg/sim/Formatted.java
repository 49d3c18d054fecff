package tg.sim;

import com.eclipsesource.json.JsonArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A text with its entities, in order of their start, outer ones first. Immutable.
record Formatted(String text, List<Entity> entities) {
  private static final Comparator<Entity> ORDER =
      Comparator.comparingInt(Entity::offset)
          .thenComparing(Entity::length, Comparator.reverseOrder());

  static final Formatted EMPTY = new Formatted("", List.of());

  Formatted {
    entities = entities.stream().sorted(ORDER).toList();
  }

  static Formatted plain(String text) {
    return new Formatted(text, List.of());
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  int codePoints() {
    return text.codePointCount(0, text.length());
  }

  /// {@return the text as Telegram keeps it: no white space at the end, no spaces and line ends at
  /// the start, and no entity that marks nothing}
  Formatted trimmed() {
    String kept = text.replace("\r", "").stripTrailing();
    int start = 0;
    while (start < kept.length() && (kept.charAt(start) == ' ' || kept.charAt(start) == '\n')) {
      start++;
    }
    String result = kept.substring(start);
    List<Entity> moved = new ArrayList<>();
    for (Entity entity : entities) {
      int from = Math.max(0, entity.offset() - start);
      int to = Math.min(result.length(), entity.end() - start);
      if (from < to && !result.substring(from, to).isBlank()) {
        moved.add(entity.at(from, to - from));
      }
    }
    return new Formatted(result, moved);
  }

  /// {@return this with the entities that Telegram finds by itself: commands, mentions, hashtags,
  /// links}
  Formatted withFound() {
    List<Entity> all = new ArrayList<>(entities);
    for (Entity found : FoundEntities.in(text)) {
      if (entities.stream()
          .noneMatch(marked -> marked.overlaps(found) && excludes(marked.type()))) {
        all.add(found);
      }
    }
    return new Formatted(text, all);
  }

  private static boolean excludes(String type) {
    return switch (type) {
      case "code", "pre", "text_link", "text_mention", "custom_emoji" -> true;
      default -> false;
    };
  }

  JsonArray entitiesJson() {
    JsonArray array = new JsonArray();
    entities.forEach(entity -> array.add(entity.json()));
    return array;
  }
}
