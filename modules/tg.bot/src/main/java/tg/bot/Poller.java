package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.api.ApiError;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.Telegram;
import tg.api.Update;
import tg.process.Exposition;
import tg.queue.Queues;

/// Polls Telegram while it holds the lease, hands each batch to the admission, and confirms it only
/// then.
///
/// The offset of the next poll is the confirmation: it moves when every update before it is
/// admitted. After a crash Telegram delivers the batch again, and the admission finds out that it
/// was here before. Thread-safe.
final class Poller implements Intake {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final String NOT_OURS = "another bot process polls, or none may yet";
  private static final int BATCH = 100;
  private static final Duration LONG_POLL = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  // A person waits at the other end: an outage is probed every few seconds.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration OPERATOR_PAUSE = Duration.ofSeconds(30);

  private final Queues queues;
  private final Telegram polling;
  private final Telegram telegram;
  private final Admission admission;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile String obstacle = NOT_OURS;
  private int failures;

  private Poller(Queues queues, Telegram polling, Telegram telegram, Admission admission) {
    this.queues = queues;
    this.polling = polling;
    this.telegram = telegram;
    this.admission = admission;
    this.thread = Thread.ofVirtual().name("poller").unstarted(this::run);
  }

  /// Starts to poll.
  ///
  /// @param polling used for long polls only; closed at the end
  /// @param telegram used to confirm the last batch
  static Poller start(Queues queues, Telegram polling, Telegram telegram, Admission admission) {
    var poller = new Poller(queues, polling, telegram, admission);
    poller.thread.start();
    return poller;
  }

  private void run() {
    while (!stopped()) {
      try (var lease = PollLease.await(queues, stopping, admission.heart())) {
        if (lease != null) {
          poll(lease);
        }
        obstacle = NOT_OURS;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "polling begins anew after a fault of ours", e);
        pause(PAUSE);
      }
    }
  }

  private void poll(PollLease lease) {
    LOG.log(Level.INFO, "polling");
    long offset = 0;
    while (!stopped() && lease.held()) {
      List<Update> batch;
      admission.heart().within(LONG_POLL.multipliedBy(3));
      try {
        if (failures == 0) {
          obstacle = "";
        }
        batch = polling.updates(offset, BATCH, LONG_POLL);
        failures = 0;
      } catch (ApiException e) {
        if (!stopped()) {
          wait(e.error());
        }
        continue;
      }
      if (!batch.isEmpty()) {
        if (!admission.admitAll(batch, stopping)) {
          return;
        }
        offset = batch.getLast().id() + 1;
      }
    }
    if (offset > 0 && lease.held()) {
      confirm(offset);
    }
  }

  /// Without this the last batch would be delivered again after a restart; harmless, but not
  /// needed.
  private void confirm(long offset) {
    try {
      telegram.updates(offset, 1, Duration.ZERO);
      LOG.log(Level.INFO, "the last batch is confirmed");
    } catch (ApiException e) {
      LOG.log(
          Level.WARNING, "the last batch is not confirmed and will come again: " + e.getMessage());
    }
  }

  private void wait(ApiError error) {
    failures++;
    obstacle = "polling failed: " + error.description();
    var doubled = PAUSE.multipliedBy(1L << Math.min(failures - 1, 5));
    var backOff = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    switch (error) {
      case ApiError.FloodWait flood -> {
        LOG.log(
            Level.WARNING, "polling must wait " + flood.retryAfter().toSeconds() + " s (flood)");
        pause(flood.retryAfter());
      }
      case ApiError.Conflict conflict -> {
        LOG.log(Level.WARNING, "somebody else gets the updates: " + conflict.description());
        if (conflict.description().contains("webhook is active")) {
          removeWebhook();
        }
        pause(backOff);
      }
      case ApiError.Unauthorized no -> {
        LOG.log(Level.ERROR, "the token is no longer valid: " + no.description());
        pause(OPERATOR_PAUSE);
      }
      case ApiError.Unavailable _,
          ApiError.UnknownOutcome _,
          ApiError.BadRequest _,
          ApiError.Blocked _,
          ApiError.Migrated _ -> {
        LOG.log(Level.WARNING, "polling failed: " + error.description());
        pause(backOff);
      }
    }
  }

  private void removeWebhook() {
    try {
      telegram.call(new Call.DeleteWebhook());
      LOG.log(Level.WARNING, "a webhook was set for this bot; it is removed, no update is lost");
    } catch (ApiException e) {
      LOG.log(Level.WARNING, "the webhook cannot be removed: " + e.getMessage());
    }
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }

  private void pause(Duration time) {
    admission.heart().within(time.plus(LONG_POLL));
    try {
      stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> fault() {
    if (!thread.isAlive()) {
      return Optional.of("the poller has ended");
    }
    return admission.heart().late() ? Optional.of("the poller is stuck") : Optional.empty();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.of(obstacle).filter(text -> !text.isEmpty());
  }

  @Override
  public void measure(Exposition out) {
    // What it does is seen in the calls and in the updates.
  }

  /// Ends the long poll, waits until what it brought is admitted and confirmed, and gives the lease
  /// back.
  @Override
  public void close() {
    stopping.countDown();
    polling.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
