import org.jspecify.annotations.NullMarked;

/// Texts for people.
///
/// - {@link tg.text.RichText}: a text and its styles; from and to Telegram's HTML; cut into parts
///   that fit a message.
/// - {@link tg.text.Phrases}: what a program says, in several languages, with plurals.
///
/// ```java
/// var text = RichText.builder().add("There are ").bold("25").add(" primes below 100.").build();
/// ```
@NullMarked
module tg.text {
  requires static org.jspecify;

  exports tg.text;
}
