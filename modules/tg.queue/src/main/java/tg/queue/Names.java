package tg.queue;

import java.util.regex.Pattern;

/// The rules for every name that becomes part of a key on the server.
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern TAGGED = Pattern.compile("[A-Za-z0-9._:{}-]{1,64}");

  private Names() {}

  static String check(String what, String value) {
    if (!PLAIN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what + " '" + value + "' must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    return value;
  }

  /// Of a name that decides in which partition something is, and so may have a `{tag}`.
  static String checkTagged(String what, String value) {
    if (!TAGGED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what + " '" + value + "' must be 1 to 64 characters of A-Z a-z 0-9 . _ : - { }");
    }
    return value;
  }
}
