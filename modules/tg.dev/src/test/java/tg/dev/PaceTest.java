package tg.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.sim.SimCall;

/// The senders of several processes together keep Telegram's limits, and use them up.
class PaceTest {
  private static final Map<String, String> AS_TELEGRAM =
      Map.of("TG_RATE_ALL", "30/1", "TG_RATE_CHAT", "3/3", "TG_RATE_GROUP", "20/60");

  @Test
  void theSendersOfThreeProcessesTogetherEarnNoFloodWaitAndUseWhatTelegramAllows()
      throws Exception {
    try (var fleet = new Fleet(AS_TELEGRAM)) {
      fleet.sim.flood(true);
      fleet.bot();
      fleet.worker();
      fleet.worker();
      var people = new ArrayList<Long>();
      for (int i = 0; i < 60; i++) {
        people.add(fleet.sim.user("Person " + i));
        fleet.sim.say(fleet.sim.privateChat(Fleet.ID, people.get(i)), "/help");
      }
      Chats.await("all are known", Duration.ofSeconds(60), () -> sends(fleet).size() == 60);
      fleet.queues.enqueueAll(letters(people, 5));
      int all = 60 + 300;
      Chats.await("all letters", Duration.ofSeconds(60), () -> sends(fleet).size() == all);

      assertEquals(0, fleet.sim.stats().flood(), "429 earned");
      double rate = rate(sends(fleet).subList(60, all), 30);
      System.out.printf("pace: %.2f messages a second of 30%n", rate);
      assertTrue(rate >= 0.95 * 30, "only " + rate + " a second");
    }
  }

  @Test
  void aPrivateChatAndAGroupKeepTheirOwnPaceAndUseItUp() throws Exception {
    try (var fleet = new Fleet(AS_TELEGRAM)) {
      fleet.sim.flood(true);
      fleet.bot();
      fleet.worker();
      long person = fleet.sim.user("Ann");
      fleet.sim.say(fleet.sim.privateChat(Fleet.ID, person), "/help");
      var group = fleet.sim.group("supergroup", "Team", person);
      fleet.sim.add(group, Fleet.ID);
      Chats.await("Ann is known", Duration.ofSeconds(60), () -> sends(fleet).size() == 1);
      fleet.queues.enqueueAll(letters(List.of(person), 15));
      fleet.queues.enqueueAll(letters(List.of(Long.parseLong(group)), 21));
      Chats.await("all to Ann", Duration.ofSeconds(60), () -> to(fleet, person).size() == 16);
      double rate = rate(to(fleet, person), 3);
      System.out.printf("pace: %.3f messages a second of 1 in a private chat%n", rate);
      assertTrue(rate >= 0.95, "only " + rate + " a second");

      assertEquals(20, to(fleet, Long.parseLong(group)).size(), "in a minute");
      assertEquals(0, fleet.sim.stats().flood(), "429 earned");
    }
  }

  private static List<NewJob> letters(List<Long> chats, int each) {
    var jobs = new ArrayList<NewJob>();
    for (int i = 0; i < each; i++) {
      for (var chat : chats) {
        jobs.add(NewJob.of("outbox", "answer", letter(chat, "answer " + i)).group("c" + chat));
      }
    }
    return jobs;
  }

  /// As `JobFormatTest` says.
  private static Payload letter(long chat, String text) {
    return Payload.of(
        """
        {"v":1,"target":{"chat":%d,"topic":0,"replyTo":0},"buttons":[],"text":{"value":"%s"}}\
        """
            .formatted(chat, text));
  }

  private static List<SimCall> sends(Fleet fleet) {
    return fleet.sim.calls().stream()
        .filter(call -> call.method().equalsIgnoreCase("sendMessage"))
        .toList();
  }

  private static List<SimCall> to(Fleet fleet, long chat) {
    return sends(fleet).stream()
        .filter(call -> Long.toString(chat).equals(call.params().get("chat_id")))
        .toList();
  }

  /// How many a second, in whole rounds of those that may come at once.
  private static double rate(List<SimCall> calls, int burst) {
    int last = (calls.size() - 1) / burst * burst;
    Instant start = calls.getFirst().at();
    return last / (Duration.between(start, calls.get(last).at()).toNanos() / 1e9);
  }
}
