package tg.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Judges the histories of all processes. Confined to one thread at a time.
///
/// A job is known by its uid: the wish of one producer to enqueue it once.
final class Checker {
  /// For how long a replica may lag behind, or a primary not know that it is none; and a job run.
  private static final long LAG_NANOS = 10_000_000_000L;

  private final Setting setting;
  private final List<Entry> entries;
  private final Map<String, Entry.Asked> asked;
  private final Map<String, List<Entry.Answered>> answers;
  private final Map<String, List<Entry.Started>> starts;
  private final Map<String, List<Entry.Settled>> settled;
  private final Effects effects;
  private final Faults faults;

  private Checker(Setting setting, Collection<? extends Entry> all) {
    this.setting = setting;
    this.entries =
        all.stream().map(Entry.class::cast).sorted(Comparator.comparingLong(Entry::at)).toList();
    this.asked =
        of(Entry.Asked.class).stream()
            .collect(Collectors.toMap(Entry.Asked::uid, Function.identity()));
    this.answers = by(Entry.Answered.class, Entry.Answered::uid);
    this.starts = by(Entry.Started.class, Entry.Started::uid);
    this.settled = by(Entry.Settled.class, Entry.Settled::uid);
    this.effects = Effects.of(of(Entry.Started.class), of(Entry.Settled.class));
    this.faults = Faults.of(entries, setting.lease());
  }

  static Report check(Setting setting, Collection<? extends Entry> entries) {
    return new Checker(setting, entries).report();
  }

  private Report report() {
    var acknowledged = asked.keySet().stream().filter(this::acknowledged).toList();
    var lost = acknowledged.stream().filter(uid -> !settled.containsKey(uid)).toList();
    var duplicates = lostAttempts();
    var report =
        new Report.Builder()
            .count("enqueues asked for", asked.size())
            .count("enqueues acknowledged", acknowledged.size())
            .count("of these, jobs in a terminal state", acknowledged.size() - lost.size())
            .zero(
                "lost: acknowledged, and in no terminal state",
                lost.stream().filter(uid -> !lostInPromotion(uid)).toList());
    if (setting.failover()) {
      var replicated = asked.keySet().stream().filter(this::replicated).toList();
      report
          .count("enqueues acknowledged with replica(1)", replicated.size())
          .zero(
              "lost: acknowledged with replica(1)",
              replicated.stream().filter(uid -> !settled.containsKey(uid)).toList())
          .count(
              "lost by a promotion: acknowledged without replica(1)",
              lost.stream().filter(this::lostInPromotion).count());
    }
    report
        .zero("jobs neither ended nor to be done after the drain", unfinished())
        .zero("differences that verify() found after the drain", misfits())
        .zero("doubled: one enqueue, several jobs", strict(doubled()))
        .zero("refused enqueues that were done", refusedButDone());
    effects.report(report, settled, asked, this::strict);
    report
        .zero("effects accepted from stale attempts", strict(stale()))
        .zero("attempts started twice", strict(startedTwice()))
        .zero("attempts that no start, failure or crash explains", strict(unexplainedAttempts()))
        .count("kills, pauses, cuts and other faults", faults.count())
        .atMost(
            "duplicate executions",
            duplicates.size(),
            // A promotion forgets outcomes, too: as many run again as were in its lag.
            setting.failover() ? duplicates.size() : faults.lossLimit(setting))
        .zero("duplicate executions that no fault explains", unexplained(duplicates));
    Caps.report(report, setting.cap(), of(Entry.Sampled.class), owned());
    var keys = of(Entry.Left.class);
    return report
        .count(
            "keys left after the drain, each with an end",
            keys.stream().filter(key -> key.millis() >= 0).count())
        .zero(
            "keys left after all have ended that will",
            keys.stream().filter(key -> key.millis() < 0).map(Entry.Left::key).toList())
        .zero(
            "processes that ended by themselves",
            of(Entry.Died.class).stream().map(died -> died.who() + " with " + died.code()).toList())
        .build();
  }

  private boolean acknowledged(String uid) {
    return answered(uid, Set.of("accepted", "repeated", "replicated"));
  }

  private boolean replicated(String uid) {
    return answered(uid, Set.of("replicated"));
  }

  /// Only the primary had it, and another server took its place.
  private boolean lostInPromotion(String uid) {
    return !replicated(uid)
        && answers.getOrDefault(uid, List.of()).stream()
            .anyMatch(answer -> faults.promoted(answer.at() - LAG_NANOS, answer.at() + LAG_NANOS));
  }

  /// Cases, each beginning with its uid, that no promotion explains: with it a server forgets the
  /// latest claims and outcomes.
  private List<String> strict(List<String> cases) {
    return cases.stream().filter(each -> !forgotten(each.split("[ ,:]", 2)[0])).toList();
  }

  private boolean forgotten(String uid) {
    return starts.getOrDefault(uid, List.of()).stream()
        .anyMatch(start -> faults.promoted(start.at() - LAG_NANOS, start.at() + LAG_NANOS));
  }

  private boolean answered(String uid, Set<String> those) {
    return answers.getOrDefault(uid, List.of()).stream().anyMatch(a -> those.contains(a.answer()));
  }

  private List<String> unfinished() {
    return of(Entry.Unfinished.class).stream()
        .filter(each -> each.jobs() > 0)
        .map(each -> each.jobs() + " jobs in " + each.queue())
        .toList();
  }

  private List<String> misfits() {
    return of(Entry.Misfit.class).stream().map(each -> each.queue() + ": " + each.what()).toList();
  }

  private List<String> doubled() {
    var list = new ArrayList<String>();
    for (var uid : asked.keySet()) {
      var ids = new HashSet<String>();
      starts.getOrDefault(uid, List.of()).forEach(start -> ids.add(start.id()));
      settled.getOrDefault(uid, List.of()).forEach(end -> ids.add(end.id()));
      if (ids.size() > 1) {
        list.add(uid + " is " + ids);
      }
    }
    return list;
  }

  private List<String> refusedButDone() {
    return asked.keySet().stream()
        .filter(uid -> answered(uid, Set.of("refused")))
        .filter(uid -> starts.containsKey(uid) || settled.containsKey(uid))
        .toList();
  }

  /// An end was accepted, and a later attempt had begun or follows: the ended one did not own it.
  private List<String> stale() {
    var list = new ArrayList<String>();
    settled.forEach((uid, ends) -> {
      long attempt = ends.getFirst().attempt();
      for (var start : starts.getOrDefault(uid, List.of())) {
        if (start.attempt() > attempt) {
          list.add(uid + " ended by attempt " + attempt + ", but " + start.attempt() + " began");
        }
      }
      for (var effect : effects.of(uid)) {
        if (effect.ending().equals("done") && effect.attempt() != attempt) {
          list.add(uid + " ended by attempt " + attempt + ", follow-up of " + effect.attempt());
        }
      }
    });
    return list;
  }

  private List<String> startedTwice() {
    var list = new ArrayList<String>();
    starts.forEach((uid, all) -> {
      var seen = new HashSet<String>();
      for (var start : all) {
        if (!seen.add(start.id() + " " + start.attempt())) {
          list.add(uid + ", attempt " + start.attempt() + ", again by " + start.who());
        }
      }
    });
    return list;
  }

  /// Each attempt but the last was a failure or a crash; the last one of a failed job is a failure.
  private List<String> unexplainedAttempts() {
    return settled.values().stream()
        .map(List::getFirst)
        .filter(end -> {
          int last = end.state().equals("failed") ? 0 : 1;
          return end.attempt() != last + end.failures() + end.crashes();
        })
        .map(end -> end.uid() + " ended as " + end)
        .toList();
  }

  /// An attempt that began, whose end was not accepted, and after which another began.
  private record LostAttempt(Entry.Started start, long nextAt) {}

  private List<LostAttempt> lostAttempts() {
    var list = new ArrayList<LostAttempt>();
    for (var all : by(Entry.Started.class, Entry.Started::id).values()) {
      var sorted = all.stream().sorted(Comparator.comparingLong(Entry.Started::attempt)).toList();
      for (int i = 0; i + 1 < sorted.size(); i++) {
        var next = sorted.get(i + 1);
        if (next.failures() == sorted.get(i).failures()) {
          list.add(new LostAttempt(sorted.get(i), next.at()));
        }
      }
    }
    return list;
  }

  private List<String> unexplained(List<LostAttempt> lost) {
    return lost.stream()
        .filter(each -> !faults.explain(each.start.who(), each.start.at(), each.nextAt))
        .map(each -> each.start.toString())
        .toList();
  }

  /// Around a promotion two servers may each believe that they have the jobs.
  private List<Caps.Run> owned() {
    return accepted().stream()
        .filter(run -> !faults.promoted(run.from() - LAG_NANOS, run.to() + LAG_NANOS))
        .toList();
  }

  /// The runs that surely owned their job from their start to their end: the store accepted it.
  private List<Caps.Run> accepted() {
    var runs = new ArrayList<Caps.Run>();
    for (var end : of(Entry.Ended.class)) {
      var record = settled.get(end.uid());
      if (record != null && record.getFirst().attempt() == end.attempt()) {
        starts.getOrDefault(end.uid(), List.of()).stream()
            .filter(start -> start.attempt() == end.attempt() && start.who().equals(end.who()))
            .filter(start -> !start.group().isEmpty())
            .forEach(start -> runs.add(new Caps.Run(start.group(), start.at(), end.at())));
      }
    }
    return runs;
  }

  private <T extends Entry> List<T> of(Class<T> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T extends Entry> Map<String, List<T>> by(Class<T> type, Function<T, String> key) {
    return of(type).stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }
}
