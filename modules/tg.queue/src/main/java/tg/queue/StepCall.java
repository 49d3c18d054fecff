package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One step as the arguments of `next.lua`: settlements sorted into sections of one kind. Confined
/// to one thread at a time.
final class StepCall {
  private final Settings settings;
  private final Place place;
  private final List<Session.Settlement> settlements;
  private final List<Integer> order = new ArrayList<>();
  private final Args args = new Args();

  /// What the settlements of a section have in common.
  private sealed interface Section {
    /// @param pause of the groups, ms; -1 when the attempts do not count in a strict rate
    record Ended(String queue, Registry registry, Duration keep, long pause) implements Section {}

    record Back(String queue) implements Section {}
  }

  StepCall(Settings settings, Place place, Store.Claims claims, Session.Step step) {
    this.settings = settings;
    this.place = place;
    this.settlements = step.settlements();
    args.add(step.epoch()).add(step.number()).add(claims.lease().toMillis());
    args.add(step.want()).add(claims.groupLimit()).add(claims.queues().size());
    step.order(claims).forEach(args::add);
    sections().forEach(this::write);
    writeFollowUps();
  }

  Args args() {
    return args;
  }

  /// Positions in the step's list, for positions in ours.
  Set<Integer> positions(List<?> ours) {
    var positions = new TreeSet<Integer>();
    for (var position : ours) {
      positions.add(order.get(((Long) position).intValue() - 1));
    }
    return positions;
  }

  private Map<Section, List<Integer>> sections() {
    var sections = new LinkedHashMap<Section, List<Integer>>();
    @Nullable Section latest = null;
    List<Integer> positions = List.of();
    for (int i = 0; i < settlements.size(); i++) {
      var section = section(settlements.get(i));
      if (!section.equals(latest)) {
        latest = section;
        positions = sections.computeIfAbsent(section, key -> new ArrayList<>());
      }
      positions.add(i);
    }
    return sections;
  }

  private Section section(Session.Settlement settlement) {
    var queue = settlement.job().queue();
    return switch (settlement.ending()) {
      case Session.Ending.Returned returned -> new Section.Back(queue);
      case Session.Ending.By(var outcome) ->
          switch (outcome) {
            case Outcome.Done done -> ended(queue, Registry.FINISHED, pause(done));
            case Outcome.Failed failed -> ended(queue, Registry.FAILED, 0);
            case Outcome.Canceled canceled -> ended(queue, Registry.CANCELED, 0);
            case Outcome.Retry retry -> new Section.Back(queue);
            case Outcome.Snooze snooze -> new Section.Back(queue);
            case Outcome.Postpone postpone -> new Section.Back(queue);
          };
    };
  }

  private static long pause(Outcome.Done done) {
    return done.counted() ? AddedRuns.millis(done.groupPause()) : -1;
  }

  private Section ended(String queue, Registry registry, long pause) {
    boolean failed = registry == Registry.FAILED;
    var keep = failed ? settings.keepFailed() : settings.keepFinished();
    return new Section.Ended(queue, registry, keep, pause);
  }

  private void write(Section section, List<Integer> positions) {
    order.addAll(positions);
    switch (section) {
      case Section.Ended(var queue, var registry, var keep, var pause) -> {
        args.add("E").add(queue).add(registry.name().toLowerCase(Locale.ROOT));
        args.add(keep.toMillis()).add(pause).add(positions.size());
        positions.forEach(position -> writeEnded(settlements.get(position)));
      }
      case Section.Back(var queue) -> {
        args.add("B").add(queue).add(settings.keepFinished().toMillis()).add(positions.size());
        positions.forEach(position -> writeBack(settlements.get(position)));
      }
    }
  }

  private void writeEntry(Job job) {
    args.add(job.id().value()).add(job.attempt()).add(job.group().orElse(""));
  }

  private void writeEnded(Session.Settlement settlement) {
    var job = settlement.job();
    writeEntry(job);
    if (settlement.ending() instanceof Session.Ending.By(Outcome.Done done)) {
      args.add(record(job.tries(), done.result().raw()));
    } else if (settlement.ending() instanceof Session.Ending.By(Outcome.Failed failed)) {
      var reason = Remembered.cut(failed.reason()).getBytes(UTF_8);
      args.add(record(Remembered.failed(job.tries()), reason));
    } else {
      args.add(record(job.tries(), new byte[0]));
    }
  }

  private static byte[] record(Job.Tries tries, byte[] text) {
    var head = (Remembered.write(tries) + ":" + text.length + ":").getBytes(ISO_8859_1);
    if (text.length == 0) {
      return head;
    }
    var all = new byte[head.length + text.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(text, 0, all, head.length, text.length);
    return all;
  }

  private void writeBack(Session.Settlement settlement) {
    var job = settlement.job();
    writeEntry(job);
    switch (settlement.ending()) {
      case Session.Ending.Returned(boolean started) ->
          args.add(started ? "h" : "u").add(0).add(Remembered.write(job.tries()));
      case Session.Ending.By(var outcome) -> {
        if (outcome instanceof Outcome.Retry(var delay, var reason, var followUps)) {
          var tries = Remembered.failed(job.tries());
          args.add("t").add(AddedRuns.millis(delay)).add(tries(tries, reason));
        } else if (outcome instanceof Outcome.Postpone(var delay, var reason, var followUps)) {
          args.add("p").add(AddedRuns.millis(delay)).add(tries(job.tries(), reason));
        } else if (outcome instanceof Outcome.Snooze(var delay, var followUps)) {
          args.add("t").add(AddedRuns.millis(delay)).add(Remembered.write(job.tries()));
        }
      }
    }
  }

  private static byte[] tries(Job.Tries tries, String reason) {
    return Remembered.write(tries, Remembered.cut(reason)).getBytes(UTF_8);
  }

  private void writeFollowUps() {
    var runs = new AddedRuns(args, "A", place);
    for (int i = 0; i < order.size(); i++) {
      for (var ticket : settlements.get(order.get(i)).followUps()) {
        runs.add(i + 1, ticket);
      }
    }
    runs.end();
  }
}
