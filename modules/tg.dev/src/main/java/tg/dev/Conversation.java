package tg.dev;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tg.sim.Sim;
import tg.sim.SimMessage;

/// A conversation without a browser: says things as a person and prints what happens, as it
/// happens. Confined to one thread at a time.
final class Conversation {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 20;

  private final Sim sim;
  private final String chat;
  private final PrintStream out;
  private final Map<Integer, Integer> shownVersions = new HashMap<>();

  Conversation(Sim sim, String chat, PrintStream out) {
    this.sim = sim;
    this.chat = chat;
    this.out = out;
  }

  /// Says the texts one after the other.
  ///
  /// @return whether every one got its answer, as a reply to it, within a minute
  boolean hold(List<String> texts) throws InterruptedException {
    Set<Integer> unanswered = new LinkedHashSet<>();
    texts.forEach(text -> unanswered.add(sim.say(chat, text).id()));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      unanswered.removeAll(look());
      if (unanswered.isEmpty()) {
        out.println("Every message has its answer.");
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    out.println("No answer within " + LIMIT.toSeconds() + " s to: " + unanswered);
    return false;
  }

  /// Prints what is new, and returns the messages that have an answer: a reply with a sound. An
  /// acknowledgement is silent.
  private Set<Integer> look() {
    var answered = new HashSet<Integer>();
    for (var message : sim.transcript(chat)) {
      int seen = shownVersions.getOrDefault(message.id(), 0);
      for (int version = seen; version < message.versions().size(); version++) {
        print(message, version);
      }
      shownVersions.put(message.id(), message.versions().size());
      if (message.fromBot() && !message.silent()) {
        message.replyTo().ifPresent(answered::add);
      }
    }
    return answered;
  }

  private void print(SimMessage message, int version) {
    var line = new StringBuilder();
    line.append('#').append(message.id()).append(' ');
    line.append(message.author().map(SimMessage.Author::name).orElse("?"));
    message.replyTo().ifPresent(target -> line.append(" ↩ #").append(target));
    if (version > 0) {
      line.append(" (edited)");
    }
    var text = message.versions().get(version).text().replace("\n", "\n    ");
    out.println(line.append(": ").append(text));
  }
}
