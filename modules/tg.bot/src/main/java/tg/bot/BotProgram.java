package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import tg.api.Telegram;
import tg.outbox.FloodLimits;
import tg.outbox.Letter;
import tg.outbox.Sender;
import tg.process.Calls;
import tg.process.Program;
import tg.process.QueueVitals;
import tg.process.Settings;
import tg.queue.Queues;
import tg.queue.Worker;

/// The bot process: poll, admit, confirm; and a sender, so that acknowledgements do not wait for a
/// worker.
public final class BotProgram implements Program {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final int SENDING_AT_ONCE = 16;

  /// Called by the service loader.
  public BotProgram() {}

  @Override
  public String name() {
    return "bot";
  }

  @Override
  public Running start(Settings settings) {
    var api = settings.telegram().api();
    var token = settings.telegram().token();
    var calls = new Calls();
    var telegram = Telegram.connect(api, token, calls);
    var queues = settings.store().open();
    var identity = Identity.learn(telegram);
    var dead = DeadUpdates.start(queues);
    var rates = settings.rates();
    new FloodLimits(rates.all(), rates.person(), rates.group()).hold(queues);
    var sender = Sender.start(queues, telegram, SENDING_AT_ONCE);
    var desk = Desk.of(queues, telegram, identity, settings.talk());
    var intake =
        settings.telegram().webhook().isPresent()
            ? Webhook.start(queues, telegram, desk.admission(), settings.telegram())
            // A connection of its own, so that closing it ends a long poll and nothing else.
            : Poller.start(queues, Telegram.connect(api, token, calls), telegram, desk.admission());
    var aside =
        new Aside(
            Sweeper.start(queues, desk.voices(), identity.id()),
            Places.start(queues, desk.voices(), desk.pace()),
            Menu.start(telegram, desk.voices(), settings.talk()));
    LOG.log(Level.INFO, "bot @" + identity.name() + " on " + queues.server());
    var workers = Map.of(Letter.QUEUE, sender, DeadUpdates.QUEUE, dead);
    var vitals = new BotVitals(intake, desk.admission(), new QueueVitals(queues, workers), calls);
    return new Parts(intake, aside, dead, sender, telegram, queues, vitals);
  }

  /// What goes on beside the updates.
  private record Aside(Sweeper sweeper, Places places, Menu menu) {
    void close() {
      sweeper.close();
      places.close();
      menu.close();
    }
  }

  private record Parts(
      Intake intake,
      Aside aside,
      Worker dead,
      Worker sender,
      Telegram telegram,
      Queues queues,
      BotVitals vitals)
      implements Running {

    /// First no more updates, then what was admitted is said as far as time allows; the rest waits
    /// in the queue.
    @Override
    public void stop(Duration deadline) {
      intake.close();
      aside.close();
      dead.drain(Duration.ofSeconds(1));
      sender.drain(deadline);
      telegram.close();
      queues.close();
    }

    @Override
    public void hurry() {
      sender.drain(Duration.ZERO);
    }
  }
}
