package tg.api;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.function.Executable;
import tg.text.RichText;

/// What the tests have in common: a bot, its secret, and patience.
final class Fixture {
  static final String SECRET = "AAH-s3cr3t_ofThisBot-doNotPrint";
  static final BotToken TOKEN = BotToken.of("123456:" + SECRET);

  /// Longer than any test may take, so that only what is tested can end a call.
  static final Patience LONG = patience(Duration.ofMinutes(5));

  /// What a test gives up waiting for.
  static final Duration SOON = Duration.ofMillis(400);

  static final String SENT =
      """
      {"message_id":77,"date":1,"chat":{"id":5,"type":"private"}}\
      """;

  private Fixture() {}

  static Patience patience(Duration everywhere) {
    return new Patience(everywhere, everywhere, everywhere, everywhere, everywhere, everywhere);
  }

  static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Telegram telegram(StubServer server) {
    return telegram(server.uri());
  }

  static Telegram telegram(URI server) {
    return Telegram.connect(server, TOKEN, LONG);
  }

  static Call.SendMessage message(String text) {
    return new Call.SendMessage(new Call.Target(5, 0, 0), RichText.plain(text), List.of(), false);
  }

  static ApiError failure(Executable call) {
    return assertThrows(ApiException.class, call).error();
  }

  static <E extends ApiError> E failure(Class<E> type, Executable call) {
    return assertInstanceOf(type, failure(call));
  }
}
