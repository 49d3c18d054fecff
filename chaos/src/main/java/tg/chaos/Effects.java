package tg.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The follow-up jobs: each is the effect of one accepted end of an attempt, and carries whose.
/// Immutable.
///
/// @param byCause the effects of each job
record Effects(Map<String, Set<Effect>> byCause) {
  /// One follow-up job.
  ///
  /// @param id its own id
  /// @param cause the uid of the job that it follows
  /// @param attempt which attempt of that job
  /// @param ending `done` or `retry`
  record Effect(String id, String cause, long attempt, String ending) {}

  static Effects of(List<Entry.Started> starts, List<Entry.Settled> settled) {
    var byCause = new LinkedHashMap<String, Set<Effect>>();
    starts.forEach(start -> add(byCause, start.uid(), start.id()));
    settled.forEach(end -> add(byCause, end.uid(), end.id()));
    return new Effects(byCause);
  }

  private static void add(Map<String, Set<Effect>> byCause, String uid, String id) {
    var words = uid.split("/", -1);
    if (words[0].equals("effect")) {
      byCause
          .computeIfAbsent(words[1], cause -> new LinkedHashSet<>())
          .add(new Effect(id, words[1], Long.parseLong(words[2]), words[3]));
    }
  }

  Set<Effect> of(String cause) {
    return byCause.getOrDefault(cause, Set.of());
  }

  void report(
      Report.Builder report,
      Map<String, List<Entry.Settled>> settled,
      Map<String, Entry.Asked> asked,
      UnaryOperator<List<String>> unexplained) {
    var several = new ArrayList<String>();
    var missing = new ArrayList<String>();
    byCause.forEach((cause, effects) -> {
      if (ending(effects, "done") > 1 || ending(effects, "retry") > 1) {
        several.add(cause + ": " + effects);
      }
    });
    settled.forEach((uid, ends) -> {
      var wish = asked.get(uid);
      if (wish != null) {
        missing(uid, Work.Kind.valueOf(wish.work()), missing);
      } else if (!uid.startsWith("effect/")) {
        missing.add(uid + " was never asked for");
      }
    });
    long count = byCause.values().stream().mapToLong(Set::size).sum();
    report
        .count("effects (follow-up jobs)", count)
        .zero("effects missing: the end is there, its follow-up is not", missing)
        .zero("two accepted effects for one job", unexplained.apply(several));
  }

  private void missing(String uid, Work.Kind kind, List<String> missing) {
    boolean done =
        switch (kind) {
          case FOLLOWED, RETRIES, FAILS -> true;
          case DONE, THROWS -> false;
        };
    if (ending(of(uid), "done") == 0 && done) {
      missing.add(uid + " (" + kind + ")");
    }
    if (ending(of(uid), "retry") == 0 && kind == Work.Kind.RETRIES) {
      missing.add(uid + " (" + kind + "), of the attempt that asked for another");
    }
  }

  private static long ending(Set<Effect> effects, String ending) {
    return effects.stream().filter(effect -> effect.ending.equals(ending)).count();
  }
}
