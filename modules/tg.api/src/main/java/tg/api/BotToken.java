package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that makes a program a bot. Immutable. It never prints itself.
public final class BotToken {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,17}:[A-Za-z0-9_-]{3,59}");

  private final String value;

  private BotToken(String value) {
    this.value = value;
  }

  /// {@return the token}
  ///
  /// @param value as BotFather gives it: digits, a colon, letters; surrounding white space is
  ///   ignored
  /// @throws IllegalArgumentException when it does not look like a token; the message does not
  ///   repeat it
  public static BotToken of(String value) {
    var trimmed = value.strip();
    if (!FORM.matcher(trimmed).matches()) {
      throw new IllegalArgumentException(
          "this is not a bot token; it looks like 123456:ABC-DEF… and comes from @BotFather");
    }
    return new BotToken(trimmed);
  }

  /// {@return the bot's user id, which is the token's public part}
  public long botId() {
    return Long.parseLong(value.substring(0, value.indexOf(':')));
  }

  /// {@return a secret for one purpose, the same in every process that knows the token, from which
  /// the token cannot be found}
  ///
  /// @param purpose what for
  public String derived(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /// The secret itself, for the one place that builds request addresses.
  String secret() {
    return value;
  }

  /// {@return the text without the secret, should it be in there}
  String scrub(String text) {
    return text.replace(value.substring(value.indexOf(':') + 1), "***");
  }

  /// {@return the bot's id, with the secret left out}
  @Override
  public String toString() {
    return botId() + ":***";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BotToken that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
