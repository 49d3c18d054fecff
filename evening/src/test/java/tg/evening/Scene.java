package tg.evening;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tg.evening.Ask.Deed;
import tg.evening.Ask.Kind;
import tg.evening.Evidence.Asked;
import tg.evening.Evidence.Trouble;
import tg.queue.JobState;
import tg.queue.Payload;
import tg.sim.SimCall;
import tg.sim.SimCallback;
import tg.sim.SimMessage;
import tg.sim.SimMessage.Shown;

/// An evening as it should be, fifty questions of one person, which a test then spoils. Confined to
/// one thread at a time.
final class Scene {
  static final String CHAT = "1002@777";
  static final long USER = 1002;
  static final Instant START = Instant.parse("2026-11-24T20:00:00Z");
  static final int TASKS = 50;

  private static final int EACH = 3;

  final List<Asked> asked = new ArrayList<>();
  final List<SimMessage> messages = new ArrayList<>();
  final List<SimCall> calls = new ArrayList<>();
  final List<Evidence.Backlog> backlog = new ArrayList<>();
  final List<Trouble> troubles = new ArrayList<>();
  final List<String> broken = new ArrayList<>();
  long earned;

  Scene() {
    for (int number = 1; number <= TASKS; number++) {
      asked.add(
          asked(
              number,
              Kind.ANSWER,
              Deed.NONE,
              new JobState.Finished(at(number, 2), Payload.of(""))));
      messages.add(message(question(number), 0, at(number, 0), false, "question"));
      messages.add(
          message(
              question(number) + 1, question(number), at(number, 1), true, "✓ Done in 1 second"));
      messages.add(
          message(
              question(number) + 2,
              question(number),
              at(number, 2),
              true,
              "answer " + number + "."));
    }
  }

  static int question(int number) {
    return number * EACH;
  }

  static Instant at(int number, int seconds) {
    return START.plusSeconds(10L * number + seconds);
  }

  static Asked asked(int number, Kind kind, Deed deed, JobState state) {
    var ask = new Ask(number, 0, 0, kind, Duration.ofSeconds(1), deed, Duration.ofSeconds(number));
    return new Asked(
        ask, CHAT, USER, USER, question(number), at(number, 0), List.of(), Optional.of(state));
  }

  /// The question was of another kind.
  void ask(int number, Kind kind, Deed deed, JobState state, SimCallback... presses) {
    var plain = asked(number, kind, deed, state);
    asked.set(
        number - 1,
        new Asked(
            plain.ask(),
            CHAT,
            USER,
            USER,
            plain.message(),
            plain.at(),
            List.of(presses),
            Optional.of(state)));
  }

  static SimCallback press(String data, Instant at, Duration until) {
    return new SimCallback("1", data, at, Optional.of(at.plus(until)), "", false);
  }

  /// What the bot or, in answer to nothing, the person says.
  static SimMessage message(int id, int replyTo, Instant at, boolean bot, String... texts) {
    var versions = new ArrayList<Shown>();
    for (var text : texts) {
      versions.add(new Shown(at.plusMillis(versions.size()), text, "", List.of()));
    }
    return new SimMessage(
        CHAT,
        id,
        Optional.of(new SimMessage.Author(bot ? 777 : USER, "Somebody", bot)),
        replyTo == 0 ? OptionalInt.empty() : OptionalInt.of(replyTo),
        OptionalInt.empty(),
        false,
        versions,
        Optional.empty());
  }

  /// A message shows something else.
  void show(int id, String... texts) {
    messages.replaceAll(old ->
        old.id() == id
            ? message(id, old.replyTo().orElse(0), old.sentAt(), old.fromBot(), texts)
            : old);
  }

  void remove(int id) {
    messages.removeIf(message -> message.id() == id);
  }

  void add(int id, int replyTo, Instant at, String text) {
    messages.add(message(id, replyTo, at, true, text));
  }

  /// A call that sent something, and was struck by a fault or by none.
  void call(Instant at, String fault) {
    calls.add(
        new SimCall(
            calls.size() + 1L,
            777,
            "sendMessage",
            Map.of("chat_id", Long.toString(USER)),
            at,
            new SimCall.Outcome(200, "", Duration.ofMillis(5), fault, false)));
  }

  Report check() {
    return check(new Setting(1, TASKS, 0, false));
  }

  Report check(Setting setting) {
    var chats = new HashMap<String, List<SimMessage>>();
    chats.put(CHAT, messages);
    return Checker.check(
        setting,
        new Evidence(asked, chats, new Evidence.Wire(calls, earned), backlog, troubles, broken));
  }
}
