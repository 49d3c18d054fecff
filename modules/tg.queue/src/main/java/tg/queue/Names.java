package tg.queue;

/// The rules for every name that becomes part of a key on the server.
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  static String check(String what, String value) {
    if (!fits(value, false)) {
      throw new IllegalArgumentException(
          what + " '" + value + "' must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    return value;
  }

  /// Of a name that decides in which partition something is, and so may have a `{tag}`.
  static String checkTagged(String what, String value) {
    if (!fits(value, true)) {
      throw new IllegalArgumentException(
          what + " '" + value + "' must be 1 to 64 characters of A-Z a-z 0-9 . _ : - { }");
    }
    return value;
  }

  /// By hand, as every id of every job comes by.
  private static boolean fits(String value, boolean braces) {
    int length = value.length();
    if (length == 0 || length > LONGEST) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!fits(value.charAt(i), braces)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char c, boolean braces) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '-' && c <= ':' && c != '/')
        || c == '_'
        || (braces && (c == '{' || c == '}'));
  }
}
