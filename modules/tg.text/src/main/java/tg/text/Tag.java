package tg.text;

import org.jspecify.annotations.Nullable;

/// A start tag of Telegram's HTML. Immutable.
///
/// @param name in lower case
/// @param kind what it does; null for a `<span>`, and for a `<code>` that only names the language
///   of its `<pre>`
/// @param detail as in {@link Style}
record Tag(String name, Style.@Nullable Kind kind, String detail) {

  /// {@return the tag, or null when Telegram knows none like it}
  ///
  /// @param attribute reads an attribute of it; empty when it is not there
  static @Nullable Tag of(String name, Attributes attribute) {
    return switch (name) {
      case "b", "strong" -> new Tag(name, Style.Kind.BOLD, "");
      case "i", "em" -> new Tag(name, Style.Kind.ITALIC, "");
      case "u", "ins" -> new Tag(name, Style.Kind.UNDERLINE, "");
      case "s", "strike", "del" -> new Tag(name, Style.Kind.STRIKETHROUGH, "");
      case "tg-spoiler" -> new Tag(name, Style.Kind.SPOILER, "");
      case "span" ->
          attribute.value("class").equals("tg-spoiler")
              ? new Tag(name, Style.Kind.SPOILER, "")
              : null;
      case "code" -> {
        var language = attribute.value("class");
        var detail = language.startsWith("language-") ? language.substring(9) : "";
        yield new Tag(name, Style.Kind.CODE, detail);
      }
      case "pre" -> new Tag(name, Style.Kind.PRE, "");
      case "blockquote" ->
          new Tag(
              name,
              attribute.has("expandable")
                  ? Style.Kind.EXPANDABLE_BLOCKQUOTE
                  : Style.Kind.BLOCKQUOTE,
              "");
      case "tg-emoji" -> new Tag(name, Style.Kind.CUSTOM_EMOJI, attribute.value("emoji-id"));
      case "a" -> link(attribute.value("href"));
      default -> null;
    };
  }

  private static Tag link(String address) {
    var person = "tg://user?id=";
    return address.startsWith(person)
            && address.substring(person.length()).matches("[1-9][0-9]{0,17}")
        ? new Tag("a", Style.Kind.TEXT_MENTION, address.substring(person.length()))
        : new Tag("a", address.isEmpty() ? null : Style.Kind.TEXT_LINK, address);
  }

  /// The attributes of a tag.
  interface Attributes {
    String value(String name);

    boolean has(String name);
  }
}
