package tg.sim;

import com.eclipsesource.json.JsonArray;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// A simulator with a clock that stands still, one bot, and Ann's private chat with it.
final class Room implements AutoCloseable {
  static final String TOKEN = "777:secret";

  final Sim sim;
  final BotWire bot;
  final long id;
  final String ann;

  Room() {
    this(SimOptions.standard());
  }

  Room(SimOptions options) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
    sim = Sim.start(options.clock(now::get));
    id = sim.bot(TOKEN);
    bot = BotWire.to(sim, TOKEN);
    ann = sim.privateChat(id, 1001);
  }

  /// {@return the room after Ann has said /start, which the bot has confirmed}
  Room started() {
    sim.say(ann, "/start");
    confirm();
    return this;
  }

  void confirm() {
    JsonArray last = bot.updates(BotWire.args().add("offset", -1));
    if (!last.isEmpty()) {
      int next = last.get(0).asObject().getInt("update_id", 0) + 1;
      bot.updates(BotWire.args().add("offset", next).add("limit", 1));
    }
  }

  @Override
  public void close() {
    bot.close();
    sim.close();
  }
}
