package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Telegram's idea of a link: which texts are one, and how it writes them.
final class Links {
  private static final Pattern WITH_SCHEME =
      Pattern.compile("(?i)(https?|tg|ton)://([^\\s/?#]+)(.*)", Pattern.DOTALL);
  private static final Pattern BARE =
      Pattern.compile("([^\\s/?#:@]+\\.[^\\s/?#:@.]{2,}(?::\\d+)?)(.*)", Pattern.DOTALL);
  private static final Pattern USER =
      Pattern.compile("(?i)tg://user\\?(?:.*&)?id=(\\d{1,16})(?:&.*)?");

  private Links() {}

  /// {@return the link as Telegram gives it back (with a scheme, and a path after the host), or
  /// empty if the text is none}
  static Optional<String> checked(String text) {
    String link = text.strip();
    Matcher full = WITH_SCHEME.matcher(link);
    if (full.matches()) {
      String scheme = full.group(1).toLowerCase(Locale.ROOT);
      String host = full.group(2);
      boolean web = scheme.startsWith("http");
      if (web && host.indexOf('.') < 0 && !host.startsWith("localhost")) {
        return Optional.empty();
      }
      return Optional.of(
          scheme + "://" + (web ? host.toLowerCase(Locale.ROOT) : host) + rest(full.group(3), web));
    }
    Matcher bare = BARE.matcher(link);
    if (bare.matches()) {
      return Optional.of(
          "http://" + bare.group(1).toLowerCase(Locale.ROOT) + rest(bare.group(2), true));
    }
    return Optional.empty();
  }

  private static String rest(String tail, boolean web) {
    return (web && !tail.startsWith("/")) ? "/" + tail : tail;
  }

  /// {@return the entity for a part of a text that links to `url`, or empty if that is no link:
  /// then the text stays unmarked}
  static Optional<Entity> entity(String url, int offset, int length) {
    Matcher user = USER.matcher(url.strip());
    if (user.matches()) {
      JsonObject person = new JsonObject().add("id", Long.parseLong(user.group(1)));
      return Optional.of(
          new Entity("text_mention", offset, length, new JsonObject().add("user", person)));
    }
    return checked(url)
        .map(link -> new Entity("text_link", offset, length, new JsonObject().add("url", link)));
  }
}
