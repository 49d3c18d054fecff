package tg.bot;

import java.util.Optional;
import tg.process.Exposition;

/// How updates come to the bot: it asks for them, or Telegram brings them. Thread-safe.
sealed interface Intake extends AutoCloseable permits Poller, Webhook {
  /// {@return why it must be started anew; empty while it is alive}
  Optional<String> fault();

  /// {@return why no updates come now; empty when they do}
  Optional<String> obstacle();

  /// Writes its numbers.
  void measure(Exposition out);

  /// Takes no more updates, and returns when those that it has are admitted or will come again.
  @Override
  void close();
}
