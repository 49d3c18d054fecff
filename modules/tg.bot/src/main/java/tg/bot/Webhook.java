package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.api.ApiError;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.Telegram;
import tg.process.Exposition;
import tg.process.Settings;
import tg.queue.Queues;

/// Lets Telegram bring the updates. Any number of bot processes may listen at once; the one with
/// the poll lease tells Telegram where, and looks after it, so that a process that polls and one
/// that listens never work against each other.
///
/// A request is answered with 200 when its update is admitted, and Telegram brings it again after
/// any other answer or none: the answer is the confirmation. The updates of a chat come one after
/// the other. Thread-safe.
final class Webhook implements Intake {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration OPERATOR_PAUSE = Duration.ofSeconds(30);

  /// How long a failed delivery is told of: Telegram's own pauses are at most this long.
  private static final Duration RECENT = Duration.ofMinutes(2);

  private final Queues queues;
  private final Telegram telegram;
  private final Admission admission;
  private final Call.SetWebhook setting;
  private final WebhookDoor door;
  private final Duration look;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread keeper;
  private volatile String obstacle = "";
  private volatile int pending = -1;

  private Webhook(
      Queues queues,
      Telegram telegram,
      Admission admission,
      Call.SetWebhook setting,
      WebhookDoor door,
      Duration look) {
    this.queues = queues;
    this.telegram = telegram;
    this.admission = admission;
    this.setting = setting;
    this.door = door;
    this.look = look;
    this.keeper = Thread.ofVirtual().name("webhook").unstarted(this::run);
  }

  /// Starts to listen, and to see to it that Telegram knows where.
  static Webhook start(
      Queues queues, Telegram telegram, Admission admission, Settings.Telegram settings) {
    return start(queues, telegram, admission, settings, LOOK);
  }

  /// As above.
  ///
  /// @param look how often it is looked after
  static Webhook start(
      Queues queues,
      Telegram telegram,
      Admission admission,
      Settings.Telegram settings,
      Duration look) {
    var webhook = settings.webhook().orElseThrow();
    var secret = settings.token().derived("webhook");
    var door = WebhookDoor.open(webhook, secret, admission::admit);
    var setting = new Call.SetWebhook(webhook.url(), secret, webhook.connections());
    var started = new Webhook(queues, telegram, admission, setting, door, look);
    started.keeper.start();
    LOG.log(
        Level.INFO,
        "listening on {0}:{1} for what comes to {2}",
        webhook.host(),
        Integer.toString(webhook.port()),
        webhook.url());
    return started;
  }

  private void run() {
    while (stopping.getCount() > 0) {
      try (var lease = PollLease.await(queues, stopping, admission.heart())) {
        if (lease != null) {
          keep(lease);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the webhook is looked after anew after a fault of ours", e);
        pause(PAUSE);
      }
      obstacle = "";
      pending = -1;
    }
  }

  private void keep(PollLease lease) {
    Instant since = null;
    while (stopping.getCount() > 0 && lease.held()) {
      var wait = look;
      try {
        if (since == null || !look(since)) {
          // Taken away and set anew: Telegram then tries at once what it could not deliver before.
          telegram.call(new Call.DeleteWebhook());
          telegram.call(setting);
          since = InstantSource.system().instant();
          LOG.log(Level.INFO, "Telegram brings the updates to " + setting.url());
          obstacle = "";
        }
      } catch (ApiException e) {
        obstacle = "the webhook is not set: " + e.getMessage();
        wait = pauseAfter(e.error());
      }
      pause(wait);
    }
  }

  /// {@return whether Telegram still brings the updates to us; what goes wrong is told}
  private boolean look(Instant since) {
    var status = telegram.call(new Call.WebhookInfo());
    pending = status.pending();
    if (!status.url().equals(setting.url().toString())) {
      LOG.log(Level.WARNING, "somebody took the webhook away; it is set again, no update is lost");
      return false;
    }
    obstacle = trouble(status, since, InstantSource.system().instant());
    return true;
  }

  /// {@return what keeps Telegram from us, since it was told where we are; empty when nothing does}
  static String trouble(Call.WebhookStatus status, Instant since, Instant now) {
    var at = status.errorAt();
    return at.isAfter(since) && at.plus(RECENT).isAfter(now)
        ? "Telegram could not bring an update: " + status.error()
        : "";
  }

  private static Duration pauseAfter(ApiError error) {
    return switch (error) {
      case ApiError.FloodWait flood -> flood.retryAfter();
      case ApiError.Unauthorized no -> {
        LOG.log(Level.ERROR, "the token is no longer valid: " + no.description());
        yield OPERATOR_PAUSE;
      }
      case ApiError.BadRequest bad -> {
        LOG.log(Level.ERROR, "Telegram does not take TG_WEBHOOK_URL: " + bad.description());
        yield OPERATOR_PAUSE;
      }
      case ApiError.Blocked _,
          ApiError.Migrated _,
          ApiError.Conflict _,
          ApiError.Unavailable _,
          ApiError.UnknownOutcome _ -> {
        LOG.log(Level.WARNING, "the webhook cannot be looked after: " + error.description());
        yield PAUSE;
      }
    };
  }

  private void pause(Duration time) {
    admission.heart().within(time.plus(OPERATOR_PAUSE.multipliedBy(4)));
    try {
      stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> fault() {
    if (!keeper.isAlive()) {
      return Optional.of("the keeper of the webhook has ended");
    }
    return admission.heart().late()
        ? Optional.of("the keeper of the webhook is stuck")
        : Optional.empty();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.of(obstacle).filter(text -> !text.isEmpty());
  }

  @Override
  public void measure(Exposition out) {
    door.requests().write(out);
    if (pending >= 0) {
      out.gauge("tg_webhook_pending", "Updates that Telegram has not brought yet", pending);
    }
  }

  /// The webhook stays set: what comes meanwhile waits with Telegram for the next start.
  @Override
  public void close() {
    stopping.countDown();
    door.close();
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
