package tg.outbox;

import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.MessageRef;
import tg.api.Telegram;

/// Shows in a chat that somebody is at work. A courtesy: when too many are shown at once, or
/// Telegram will not have it, it is left out. Thread-safe.
public final class Typing {
  private static final System.Logger LOG = System.getLogger("tg.outbox");
  private static final int AT_ONCE = 8;

  private final Telegram telegram;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /// Shows it with this.
  public Typing(Telegram telegram) {
    this.telegram = telegram;
  }

  /// Shows it for up to five seconds; does not wait.
  public void show(MessageRef message) {
    if (!room.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("typing")
        .start(() -> {
          try {
            telegram.call(new Call.ChatAction(message.chat(), message.topic(), "typing"));
          } catch (ApiException e) {
            LOG.log(Level.DEBUG, "typing is not shown: " + e.getMessage());
          } finally {
            room.release();
          }
        });
  }
}
