package tg.worker.process;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text that is too long for one message: at the end of a line if one is near, else of a
/// word, and never inside a surrogate pair.
final class Parts {
  /// Telegram counts code points (4,096); UTF-16 units are never fewer.
  static final int LIMIT = 4096;

  private Parts() {}

  static List<String> of(String text) {
    var parts = new ArrayList<String>();
    var rest = text.strip();
    while (rest.length() > LIMIT) {
      int cut = cut(rest);
      parts.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).strip();
    }
    parts.add(rest);
    return parts;
  }

  private static int cut(String text) {
    int line = text.lastIndexOf('\n', LIMIT);
    if (line > LIMIT / 2) {
      return line;
    }
    int word = text.lastIndexOf(' ', LIMIT);
    if (word > LIMIT / 2) {
      return word;
    }
    return Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
  }
}
