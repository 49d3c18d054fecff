package tg.evening;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tg.evening.Evidence.Asked;
import tg.evening.Evidence.Trouble;
import tg.queue.JobState;
import tg.sim.SimCall;
import tg.sim.SimMessage;

/// What may be otherwise than it should, because something went wrong at that moment. Immutable.
final class Excuses {
  /// Faults after which nobody can know that the call was processed.
  private static final Set<String> CUT = Set.of("closeAfter", "empty", "garbage");

  /// Between a call and the note of it in the queue.
  private static final Duration UNNOTED = Duration.ofSeconds(5);

  private static final Duration AFTERMATH = Duration.ofSeconds(1);

  /// A letter waits no longer than this behind the others of its chat.
  private static final Duration LONGEST_LANE = Duration.ofSeconds(90);

  private final List<Trouble> troubles;
  private final Map<String, List<SimCall>> sends = new HashMap<>();

  Excuses(Evidence evidence) {
    this.troubles = evidence.troubles();
    for (var call : evidence.wire().calls()) {
      if (call.method().startsWith("send")) {
        sends
            .computeIfAbsent(
                call.params().getOrDefault("chat_id", ""), _ -> new java.util.ArrayList<>())
            .add(call);
      }
    }
  }

  /// {@return whether the call that sent a message was cut off, so that the bot does not know of
  /// it}
  boolean cut(Asked asked, SimMessage message) {
    var at = message.sentAt();
    boolean fault =
        sends.getOrDefault(Long.toString(asked.chatId()), List.of()).stream()
            .filter(call -> CUT.contains(call.outcome().fault()))
            .anyMatch(call -> within(at, call.at(), call.at().plus(call.outcome().took())));
    return fault || near(at);
  }

  /// Whether a process was killed about then.
  private boolean near(Instant at) {
    return troubles.stream()
        .filter(Trouble::isProcess)
        .anyMatch(
            trouble -> within(at, trouble.from().minus(UNNOTED), trouble.from().plus(AFTERMATH)));
  }

  /// {@return whether all copies of a message but the last were cut off}
  boolean cutButTheLast(Asked asked, List<SimMessage> copies) {
    return copies.stream()
        .sorted(Comparator.comparing(SimMessage::sentAt))
        .limit(copies.size() - 1L)
        .allMatch(copy -> cut(asked, copy));
  }

  /// {@return whether a task may have been dropped, because the person had blocked the bot}
  boolean dropped(Asked asked) {
    return troubles.stream()
        .filter(trouble -> trouble.chat().equals(asked.chat()))
        .anyMatch(
            trouble -> asked.at().isBefore(trouble.until()) && !wasOver(asked, trouble.from()));
  }

  /// {@return whether the last word on a task may have been dropped likewise: it waits behind all
  /// answers of its chat}
  boolean silenced(Asked asked) {
    return troubles.stream()
        .anyMatch(
            trouble -> trouble.chat().equals(asked.chat()) && asked.at().isBefore(trouble.until()));
  }

  private static boolean wasOver(Asked asked, Instant blocked) {
    var ended =
        switch (asked.state().orElse(new JobState.Waiting())) {
          case JobState.Finished(var at, _) -> at;
          case JobState.Failed(var at, _) -> at;
          case JobState.Canceled _,
              JobState.Deferred _,
              JobState.Running _,
              JobState.Scheduled _,
              JobState.Waiting _ ->
              Instant.MAX;
        };
    return ended.isBefore(blocked.minus(LONGEST_LANE));
  }

  /// {@return whether the bot was not there to take a press, or was busy starting}
  boolean botAway(Instant at) {
    return troubles.stream()
        .filter(trouble -> trouble.what().startsWith("bot"))
        .anyMatch(trouble ->
            within(at, trouble.from().minus(AFTERMATH), trouble.until().plus(AFTERMATH)));
  }

  private static boolean within(Instant at, Instant from, Instant until) {
    return !at.isBefore(from) && !at.isAfter(until);
  }
}
