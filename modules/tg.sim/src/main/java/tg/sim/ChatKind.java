package tg.sim;

import java.util.Locale;

/// The kinds of chats.
enum ChatKind {
  PRIVATE,
  GROUP,
  SUPERGROUP,
  CHANNEL;

  /// {@return the name in the Bot API}
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ChatKind of(String word) {
    for (ChatKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw SimException.invalid(
        "No chat type \"" + word + "\"; use private, group, supergroup or channel");
  }
}
