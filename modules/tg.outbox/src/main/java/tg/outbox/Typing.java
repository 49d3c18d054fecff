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
  private final boolean drafts;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /// Shows it with this.
  public Typing(Telegram telegram) {
    this(telegram, false);
  }

  /// Shows it with this.
  ///
  /// @param drafts whether private chats get previews
  public Typing(Telegram telegram, boolean drafts) {
    this.telegram = telegram;
    this.drafts = drafts;
  }

  /// Shows it for up to five seconds; does not wait.
  public void show(MessageRef message) {
    show(new Call.ChatAction(message.chat(), message.topic(), "typing"));
  }

  /// {@return whether a preview is shown there: in private chats, when it is wanted}
  public boolean previews(MessageRef message) {
    return drafts && message.chat() > 0;
  }

  /// Shows as a preview how far it is, for up to 30 seconds; where there are none, only that
  /// somebody is at work. Does not wait.
  ///
  /// @param draft which preview is changed, not 0
  /// @param text how far; empty to show that somebody thinks
  public void show(MessageRef message, int draft, String text) {
    if (previews(message)) {
      show(new Call.Draft(message.chat(), message.topic(), draft, text));
    } else {
      show(message);
    }
  }

  private void show(Call<Call.Done> sign) {
    if (!room.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("typing")
        .start(() -> {
          try {
            telegram.call(sign);
          } catch (ApiException e) {
            LOG.log(Level.DEBUG, "a sign of work is not shown: " + e.getMessage());
          } finally {
            room.release();
          }
        });
  }
}
