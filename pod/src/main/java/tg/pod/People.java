package tg.pod;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import tg.sim.Sim;
import tg.sim.SimMessage;

/// Some people who talk to the bot, and what they see. Confined to one thread at a time.
final class People {
  private static final long LOOK_MILLIS = 10;

  private final Sim sim;
  private final List<String> chats = new ArrayList<>();
  private int said;

  People(Sim sim, int count) {
    this.sim = sim;
    for (int i = 0; i < count; i++) {
      chats.add(sim.privateChat(Deployment.BOT, sim.user("Person " + i)));
    }
  }

  /// Each says something.
  void say(String text) {
    for (var chat : chats) {
      sim.say(chat, text);
      said++;
    }
  }

  /// {@return how many messages they have sent}
  int said() {
    return said;
  }

  /// {@return how many messages have no answer: a reply, with a sound, to that very message}
  int unanswered() {
    int open = 0;
    for (var chat : chats) {
      var asked = new TreeSet<Integer>();
      for (var message : sim.transcript(chat)) {
        if (!message.fromBot()) {
          asked.add(message.id());
        } else if (!message.silent()) {
          message.replyTo().ifPresent(asked::remove);
        }
      }
      open += asked.size();
    }
    return open;
  }

  /// {@return how many answers came more than once}
  int doubled() {
    int doubled = 0;
    for (var chat : chats) {
      Map<String, Integer> seen = new HashMap<>();
      for (var message : sim.transcript(chat)) {
        if (message.fromBot() && !message.silent() && message.replyTo().isPresent()) {
          doubled += seen.merge(key(message), 1, Integer::sum) > 1 ? 1 : 0;
        }
      }
    }
    return doubled;
  }

  private static String key(SimMessage message) {
    return message.replyTo().getAsInt() + " " + message.text();
  }

  /// {@return how many updates the bot has not confirmed}
  int pending() {
    return sim.pending(Deployment.BOT);
  }

  void awaitAnswers(Duration limit) throws InterruptedException {
    await("answers; " + unanswered() + " are missing", limit, () -> unanswered() == 0);
  }

  static void await(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
