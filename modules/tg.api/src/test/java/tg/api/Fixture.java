package tg.api;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/// What the tests have in common: a bot, its secret, and short patience.
final class Fixture {
  static final String SECRET = "AAH-s3cr3t_ofThisBot-doNotPrint";
  static final BotToken TOKEN = BotToken.of("123456:" + SECRET);
  static final Patience SHORT =
      new Patience(
          Duration.ofMillis(300),
          Duration.ofMillis(500),
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(800));
  static final String SENT =
      """
      {"message_id":77,"date":1,"chat":{"id":5,"type":"private"}}\
      """;

  private Fixture() {}

  static Telegram telegram(StubServer server) {
    return telegram(server.uri());
  }

  static Telegram telegram(URI server) {
    return Telegram.connect(server, TOKEN, SHORT);
  }

  static Call.SendMessage message(String text) {
    return new Call.SendMessage(new Call.Target(5, 0, 0), Call.Text.plain(text), List.of(), false);
  }

  static ApiError failure(Executable call) {
    return assertThrows(ApiException.class, call).error();
  }

  static <E extends ApiError> E failure(Class<E> type, Executable call) {
    return assertInstanceOf(type, failure(call));
  }
}
