package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import tg.api.ApiError;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.Telegram;

/// Who we are, as Telegram says. Immutable.
///
/// @param id the bot's user id
/// @param name its username
record Identity(long id, String name) {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// Asks until there is an answer.
  ///
  /// @throws IllegalStateException when the token is not valid
  static Identity learn(Telegram telegram) {
    while (true) {
      try {
        var me = telegram.call(new Call.GetMe());
        return new Identity(me.id(), me.username());
      } catch (ApiException e) {
        if (e.error() instanceof ApiError.Unauthorized) {
          throw new IllegalStateException(
              "Telegram does not know this token: check TG_TOKEN (or TG_TOKEN_FILE) and TG_API_URL",
              e);
        }
        LOG.log(Level.WARNING, "Telegram does not answer yet: " + e.getMessage());
        pause(e.error() instanceof ApiError.FloodWait flood ? flood.retryAfter() : PAUSE);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for Telegram", e);
    }
  }
}
