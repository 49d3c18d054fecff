package tg.text;

/// The forms of a word that go with a number, by the rules of Unicode (CLDR) for whole numbers.
enum Plural {
  ONE,
  FEW,
  MANY,
  OTHER;

  /// {@return the form that goes with a number}
  ///
  /// @param language the primary subtag; one without a rule here is counted as English is
  static Plural of(String language, long number) {
    if (!slavic(language)) {
      return number == 1 ? ONE : OTHER;
    }
    long ten = Math.abs(number % 10);
    long hundred = Math.abs(number % 100);
    if (ten == 1 && hundred != 11) {
      return ONE;
    }
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? FEW : MANY;
  }

  /// {@return whether a language has this form}
  boolean in(String language) {
    return switch (this) {
      case ONE -> true;
      case FEW, MANY -> slavic(language);
      case OTHER -> !slavic(language);
    };
  }

  private static boolean slavic(String language) {
    return switch (language) {
      case "ru", "uk", "be" -> true;
      default -> false;
    };
  }
}
