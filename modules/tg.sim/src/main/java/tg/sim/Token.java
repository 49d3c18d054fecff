package tg.sim;

/// The rules for bot tokens: `<id>:<secret>`, not starting with 0, at most 80 characters.
final class Token {
  private Token() {}

  /// Refuses a token that is not well-formed, without repeating it.
  static void check(String token) {
    if (!wellFormed(token)) {
      throw SimException.invalid(
          "A bot token has the form <number>:<letters, digits, _ or ->, for example 777:secret");
    }
  }

  static boolean wellFormed(String token) {
    int colon = token.indexOf(':');
    return token.length() <= 80
        && colon > 0
        && colon <= 15
        && colon < token.length() - 1
        && token.charAt(0) != '0'
        && token.chars().limit(colon).allMatch(c -> c >= '0' && c <= '9')
        && token.chars().skip(colon + 1).allMatch(Token::allowed);
  }

  private static boolean allowed(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '-';
  }

  static long id(String token) {
    return Long.parseLong(token, 0, token.indexOf(':'), 10);
  }
}
