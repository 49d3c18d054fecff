package tg.evening;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tg.evening.Evidence.Asked;
import tg.sim.SimMessage;

/// What people see of one task at the end. Immutable.
///
/// @param asked what was asked
/// @param answers messages that show the answer, or a part of it, in their order
/// @param reasons messages that show why it did not work
/// @param others what else the bot said about it: acknowledgements
record Sight(
    Asked asked, List<SimMessage> answers, List<SimMessage> reasons, List<SimMessage> others) {
  private static final Pattern RESULT = Pattern.compile("\\b(answer|reason) (\\d+)\\.");
  private static final Pattern BUTTON =
      Pattern.compile("[cr]/\\d+\\.(-?\\d+)\\.(\\d+)(?:\\.again\\d+)?/\\d+");

  /// How a task has ended, as people see it.
  enum End {
    /// The answer is there, once or more.
    ANSWERED,
    /// A reason, and after it the answer.
    RETRIED,
    /// A reason alone.
    FAILED,
    /// "Canceled", and no answer.
    CANCELED,
    /// None of these.
    NOTHING,
    /// Some parts of the answer are missing.
    TORN,
    /// Two of these that exclude each other.
    CONTRADICTORY
  }

  /// All tasks, and what the bot said that belongs to none.
  record All(List<Sight> sights, List<SimMessage> strange) {}

  static All of(Evidence evidence) {
    var sights = new HashMap<Integer, Sight>();
    var byMessage = new HashMap<String, Integer>();
    for (var asked : evidence.asked()) {
      int number = asked.ask().number();
      sights.put(number, new Sight(asked, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      byMessage.put(asked.chatId() + "." + asked.message(), number);
    }
    var ids = new HashMap<String, Long>();
    evidence.asked().forEach(asked -> ids.put(asked.chat(), asked.chatId()));
    var strange = new ArrayList<SimMessage>();
    evidence
        .chats()
        .forEach((chat, messages) -> {
          for (var message : messages) {
            if (message.fromBot() && message.deletedAt().isEmpty()) {
              long id = ids.getOrDefault(chat, 0L);
              var sight = number(message, id, byMessage).map(sights::get);
              sight.ifPresentOrElse(found -> found.add(message), () -> strange.add(message));
            }
          }
        });
    var sorted =
        sights.values().stream()
            .sorted(Comparator.comparingInt(sight -> sight.asked.ask().number()))
            .toList();
    return new All(sorted, List.copyOf(strange));
  }

  /// Which task a message is about: by what it ever showed, by its buttons, by what it replies to.
  private static Optional<Integer> number(
      SimMessage message, long chat, Map<String, Integer> byMessage) {
    var shown =
        message.versions().stream()
            .map(version -> RESULT.matcher(version.text()))
            .flatMap(match -> match.find() ? Stream.of(match.group(2)) : Stream.empty())
            .map(Integer::valueOf);
    var buttons =
        message.versions().stream()
            .flatMap(version -> version.buttons().stream())
            .map(button -> BUTTON.matcher(button.data()))
            .flatMap(match ->
                match.matches()
                    ? Stream.ofNullable(byMessage.get(match.group(1) + "." + match.group(2)))
                    : Stream.empty());
    var reply =
        message.replyTo().stream()
            .boxed()
            .flatMap(target -> Stream.ofNullable(byMessage.get(chat + "." + target)));
    return Stream.of(shown, buttons, reply).flatMap(each -> each).findFirst();
  }

  private void add(SimMessage message) {
    int number = asked.ask().number();
    if (message.text().contains("answer " + number + ".")) {
      answers.add(message);
    } else if (message.text().contains("reason " + number + ".")) {
      reasons.add(message);
    } else {
      others.add(message);
    }
  }

  /// {@return how it has ended}
  End end() {
    boolean canceled = others.stream().anyMatch(each -> each.text().startsWith("✗ Canceled"));
    boolean answered = !answers.isEmpty();
    if (answered && canceled) {
      return End.CONTRADICTORY;
    }
    if (answered && answers.stream().map(SimMessage::text).distinct().count() != parts()) {
      return End.TORN;
    }
    if (!reasons.isEmpty()) {
      return canceled ? End.CONTRADICTORY : answered ? End.RETRIED : End.FAILED;
    }
    return answered ? End.ANSWERED : canceled ? End.CANCELED : End.NOTHING;
  }

  /// {@return in how many messages the answer comes}
  private int parts() {
    return asked.ask().kind() == Ask.Kind.LONG ? 2 : 1;
  }

  /// {@return when the answer or the reason was first seen; empty when neither is}
  Optional<Instant> seenAt() {
    return Stream.concat(answers.stream(), reasons.stream())
        .flatMap(message -> message.versions().stream())
        .filter(version -> RESULT.matcher(version.text()).find())
        .map(SimMessage.Shown::at)
        .min(Comparator.naturalOrder());
  }

  /// {@return its number and what was asked, for people}
  @Override
  public String toString() {
    return "%s (%s in %s, task %s)"
        .formatted(asked.ask().text(), asked.ask().deed(), asked.chat(), asked.task());
  }
}
