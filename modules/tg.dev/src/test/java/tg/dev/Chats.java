package tg.dev;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tg.sim.Sim;
import tg.sim.SimMessage;

/// What people see in the chats of a simulator.
final class Chats {
  private Chats() {}

  /// Waits for a condition.
  static void await(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + limit.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /// {@return the answers to each message of people: replies of the bot with a sound}
  static Map<Integer, List<SimMessage>> answers(Sim sim, String chat) {
    return replies(sim, chat, false);
  }

  /// {@return the acknowledgements of each message of people: silent replies of the bot}
  static Map<Integer, List<SimMessage>> acknowledgements(Sim sim, String chat) {
    return replies(sim, chat, true);
  }

  private static Map<Integer, List<SimMessage>> replies(Sim sim, String chat, boolean silent) {
    var replies = new LinkedHashMap<Integer, List<SimMessage>>();
    for (var message : sim.transcript(chat)) {
      if (!message.fromBot()) {
        replies.put(message.id(), new ArrayList<>());
      } else if (message.silent() == silent && message.replyTo().isPresent()) {
        var list = replies.get(message.replyTo().getAsInt());
        if (list != null) {
          list.add(message);
        }
      }
    }
    return replies;
  }

  /// {@return whether every message of people has an answer}
  static boolean allAnswered(Sim sim, String chat) {
    return answers(sim, chat).values().stream().noneMatch(List::isEmpty);
  }
}
