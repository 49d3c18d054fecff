package tg.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds in a plain text what Telegram marks without being asked: links, e-mail addresses,
/// mentions, commands, hashtags.
final class FoundEntities {
  private record Rule(String type, Pattern pattern) {}

  private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.CASE_INSENSITIVE;

  /* In order of precedence: what an earlier rule has taken a later one does not mark again. */
  private static final List<Rule> RULES =
      List.of(
          rule("url", "(?<![\\w@])(?:https?|ftp|tg|ton)://[^\\s<>\"]{1,2000}"),
          rule(
              "email",
              "(?<![\\w.+-])[a-z0-9.+_-]{1,64}@[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,5}"),
          rule(
              "url",
              "(?<![\\w@./-])(?:[a-z0-9-]{1,63}\\.){1,5}(?:com|org|net|io|dev|me|ru|de|uk|eu|info|app|ai)(?![\\w-])(?::\\d{1,5})?(?:/[^\\s<>\"]{0,2000})?"),
          rule("mention", "(?<![\\w@`])@[a-z0-9_]{2,32}(?!\\w)"),
          rule("bot_command", "(?<![\\w/<>])/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\\w/])"),
          rule("hashtag", "(?<![\\w#])#(?=\\w{0,255}\\p{L})\\w{1,256}(?![\\w#])"));

  private FoundEntities() {}

  private static Rule rule(String type, String regex) {
    return new Rule(type, Pattern.compile(regex, FLAGS));
  }

  static List<Entity> in(String text) {
    List<Entity> found = new ArrayList<>();
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern.matcher(text);
      while (matcher.find()) {
        int end =
            rule.type.equals("url") ? urlEnd(text, matcher.start(), matcher.end()) : matcher.end();
        Entity entity = Entity.of(rule.type, matcher.start(), end - matcher.start());
        if (found.stream().noneMatch(entity::overlaps)) {
          found.add(entity);
        }
      }
    }
    return found;
  }

  private static int urlEnd(String text, int start, int end) {
    int last = end;
    while (last > start && ".,:;!?'`)".indexOf(text.charAt(last - 1)) >= 0) {
      last--;
    }
    return last;
  }
}
