package tg.evening;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tg.evening.Ask.Deed;
import tg.evening.Ask.Kind;
import tg.evening.Evidence.Asked;
import tg.evening.Sight.End;
import tg.queue.JobState;
import tg.sim.SimMessage;

/// Reads what everybody saw of an evening. Confined to one thread at a time.
final class Checker {
  private static final Pattern FINAL =
      Pattern.compile("^(✓ Done in|✗ (Failed|Not done|Stopped|Canceled)).*", Pattern.DOTALL);
  private static final double LEAST_USE = 95;
  private static final long JUDGED_FROM = 300;

  private final Setting setting;
  private final Evidence evidence;
  private final Sight.All seen;
  private final Excuses excuses;
  private final Report.Builder report = new Report.Builder();

  private Checker(Setting setting, Evidence evidence) {
    this.setting = setting;
    this.evidence = evidence;
    this.seen = Sight.of(evidence);
    this.excuses = new Excuses(evidence);
  }

  static Report check(Setting setting, Evidence evidence) {
    var checker = new Checker(setting, evidence);
    checker.ends();
    checker.copies();
    checker.order();
    checker.leftBehind();
    checker.pace();
    new Cancels(evidence, checker.excuses).check(setting, checker.report);
    checker.report.zero("processes that did not do as they were told", evidence.broken());
    return checker.report.build();
  }

  private void ends() {
    var counts = new EnumMap<End, Integer>(End.class);
    int dropped = 0;
    var wrong = new ArrayList<String>();
    var lost = new ArrayList<String>();
    for (var sight : seen.sights()) {
      var end = sight.end();
      counts.merge(end, 1, Integer::sum);
      var may = may(sight.asked());
      boolean drop = excuses.dropped(sight.asked()) && end != End.CONTRADICTORY;
      if (drop && !may.contains(end)) {
        dropped++;
      } else if (!may.contains(end) && !canceledUnseen(sight)) {
        var line = sight + ": " + end + ", should be " + may + "; " + sight.asked().state();
        (end == End.NOTHING || end == End.TORN ? lost : wrong).add(line);
      }
    }
    report.count("tasks asked", seen.sights().size());
    report.count("  answered", counts.getOrDefault(End.ANSWERED, 0));
    report.count("  answered when tried again", counts.getOrDefault(End.RETRIED, 0));
    report.count("  failed, with the reason", counts.getOrDefault(End.FAILED, 0));
    report.count("  canceled", counts.getOrDefault(End.CANCELED, 0));
    report.count("  dropped, because the person had blocked the bot", dropped);
    report.must(
        "tasks that were asked as planned",
        Integer.toString(seen.sights().size()),
        "must be " + setting.tasks(),
        seen.sights().size() == setting.tasks());
    report.zero("tasks with another end than they should have", wrong);
    report.zero("answers lost", lost);
  }

  /// The ends that a task may have.
  private static Set<End> may(Asked asked) {
    boolean pressed = !asked.presses().isEmpty();
    return switch (asked.ask().kind()) {
      case ANSWER, LONG, PROGRESS, FLAKY ->
          pressed ? EnumSet.of(End.ANSWERED, End.CANCELED) : EnumSet.of(End.ANSWERED);
      case REFUSE -> EnumSet.of(End.FAILED);
      case FAIL -> pressed ? EnumSet.of(End.RETRIED) : EnumSet.of(End.FAILED);
    };
  }

  /// Canceled, under an acknowledgement of which the bot does not know.
  private boolean canceledUnseen(Sight sight) {
    return sight.end() == End.NOTHING
        && !sight.asked().presses().isEmpty()
        && sight.asked().state().orElse(null) instanceof JobState.Canceled
        && sight.others().stream().allMatch(each -> excuses.cut(sight.asked(), each));
  }

  private void copies() {
    var unexplained = new ArrayList<String>();
    int explained = 0;
    for (var sight : seen.sights()) {
      var shown =
          Stream.concat(sight.answers().stream(), sight.reasons().stream())
              .collect(groupingBy(SimMessage::text));
      for (var copies : shown.values()) {
        if (copies.size() == 1) {
          continue;
        }
        if (mayBeTwice(sight, copies) && excuses.cutButTheLast(sight.asked(), copies)) {
          explained++;
        } else {
          unexplained.add(sight + ": " + copies.size() + " × in " + ids(copies));
        }
      }
    }
    report.count("answers shown twice, because a call was cut off", explained);
    report.zero("answers shown twice without such a reason", unexplained);
  }

  /// Only the first message of an answer can take the place of the acknowledgement.
  private boolean mayBeTwice(Sight sight, List<SimMessage> copies) {
    return !setting.edit()
        || (sight.asked().ask().kind() == Kind.LONG && !copies.getFirst().text().endsWith("1/2"));
  }

  private static List<String> ids(List<SimMessage> messages) {
    return messages.stream().map(each -> "#" + each.id() + " " + each.sentAt()).toList();
  }

  private void order() {
    var wrong = new ArrayList<String>();
    var people =
        seen.sights().stream()
            .filter(Checker::keepsOrder)
            .filter(sight -> sight.seenAt().isPresent())
            .collect(groupingBy(sight -> sight.asked().chat() + " " + sight.asked().user()));
    for (var theirs : people.values()) {
      for (int i = 1; i < theirs.size(); i++) {
        var before = theirs.get(i - 1);
        var after = theirs.get(i);
        if (after.seenAt().orElseThrow().isBefore(before.seenAt().orElseThrow())) {
          wrong.add(after + " was answered before " + before);
        }
      }
    }
    report.zero("answers to a person before those to earlier questions", wrong);
  }

  /// What is tried again, or canceled, is overtaken.
  private static boolean keepsOrder(Sight sight) {
    return switch (sight.asked().ask().kind()) {
      case ANSWER, LONG, PROGRESS, REFUSE -> sight.asked().ask().deed() != Deed.CANCEL;
      case FLAKY, FAIL -> false;
    };
  }

  private void leftBehind() {
    var unexplained = new ArrayList<String>();
    int explained = 0;
    for (var sight : seen.sights()) {
      for (var message : sight.others()) {
        if (FINAL.matcher(message.text()).matches() || excuses.silenced(sight.asked())) {
          continue;
        }
        if (excuses.cut(sight.asked(), message)) {
          explained++;
        } else {
          unexplained.add(
              "%s: #%d of %s says \"%s\"; %s"
                  .formatted(
                      sight,
                      message.id(),
                      message.sentAt(),
                      message.text().lines().findFirst().orElse(""),
                      sight.asked().state()));
        }
      }
    }
    report.count("acknowledgements of which the bot does not know", explained);
    report.zero("acknowledgements that still say \"working\"", unexplained);
    report.zero(
        "messages that belong to no task",
        seen.strange().stream().map(each -> each.chat() + ": " + each.text()).toList());
  }

  private void pace() {
    long earned = evidence.wire().earned();
    report.count("messages sent", calls("send"));
    report.count("edits", calls("edit"));
    report.must("429 earned by the bot's own pace", "" + earned, "must be 0", earned == 0);
    var use = Use.of(evidence);
    var percent = "%.1f %%".formatted(use.percent());
    report.count("calls that the limits allowed while letters waited", use.allowed());
    if (setting.faults() == 0 && use.allowed() >= JUDGED_FROM) {
      report.must("  of these, made", percent, "at least 95 %", use.percent() >= LEAST_USE);
    } else {
      report.figure("  of these, made (not judged)", percent);
    }
    report.figure("question → answer, median", median());
  }

  private long calls(String verb) {
    return evidence.wire().calls().stream()
        .filter(call -> call.method().startsWith(verb) && !call.method().endsWith("Action"))
        .count();
  }

  private String median() {
    var times =
        seen.sights().stream()
            .flatMap(sight ->
                sight.seenAt().stream().map(at -> Duration.between(sight.asked().at(), at)))
            .toList();
    return Cancels.seconds(Cancels.quantile(times, 0.5));
  }
}
