package tg.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/// Whatever is done to the queue on a server, in whatever order, it answers as the one in memory.
final class RandomHistoriesTest {
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void withoutGroupsEveryServerBehavesAsTheStoreInMemory(
      @ForAll("ungrouped") List<History.Move> moves) {
    play(moves);
  }

  /// Without what closes a group or leaves a gap in one: then the order of the turns may differ.
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void withGroupsEveryServerBehavesAsTheStoreInMemory(@ForAll("grouped") List<History.Move> moves) {
    play(moves);
  }

  private void play(List<History.Move> moves) {
    for (var backend : servers().backends()) {
      var history =
          new History(
              backend.open("h" + UUID.randomUUID().toString().replace("-", "")),
              Queues.inMemory(InstantSource.fixed(Instant.EPOCH)));
      try {
        moves.forEach(history::make);
        history.verify();
      } catch (AssertionError e) {
        throw new AssertionError("on " + backend + ", " + e.getMessage(), e);
      } finally {
        history.close();
      }
    }
  }

  private Servers servers() {
    return Store.getOrCreate(
            RandomHistoriesTest.class, Lifespan.RUN, () -> Servers.open("random histories"))
        .get();
  }

  @Provide
  Arbitrary<List<History.Move>> ungrouped() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, adds(1)),
            Tuple.of(3, afters()),
            Tuple.of(2, uniques()),
            Tuple.of(1, pauses()),
            Tuple.of(5, claims()),
            Tuple.of(6, settlements(9)),
            Tuple.of(1, returns()),
            Tuple.of(1, number(2).map(History.Move.Repeat::new)),
            Tuple.of(1, number(2).map(History.Move.Resign::new)),
            Tuple.of(1, number(100).map(History.Move.Cancel::new)),
            Tuple.of(1, number(100).map(History.Move.Requeue::new)),
            Tuple.of(1, number(100).map(History.Move.Delete::new)))
        .list()
        .ofMinSize(10)
        .ofMaxSize(80);
  }

  @Provide
  Arbitrary<List<History.Move>> grouped() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, adds(4)),
            Tuple.of(3, afters()),
            Tuple.of(2, uniques()),
            Tuple.of(1, pauses()),
            Tuple.of(5, claims()),
            Tuple.of(4, settlements(7)),
            Tuple.of(1, returns()),
            Tuple.of(1, number(2).map(History.Move.Repeat::new)),
            Tuple.of(1, number(100).map(History.Move.Requeue::new)),
            Tuple.of(1, number(100).map(History.Move.Delete::new)))
        .list()
        .ofMinSize(10)
        .ofMaxSize(80);
  }

  private static Arbitrary<History.Move> adds(int groups) {
    return Combinators.combine(
            number(12).map(name -> Math.max(0, name - 7)),
            number(groups),
            flag(),
            number(8).map(key -> Math.max(0, key - 5)),
            number(6).map(later -> later == 5))
        .as(History.Move.Add::new);
  }

  private static Arbitrary<History.Move> afters() {
    return Combinators.combine(number(100), number(3)).as(History.Move.AddAfter::new);
  }

  private static Arbitrary<History.Move> uniques() {
    return Combinators.combine(number(2), flag()).as(History.Move.AddUnique::new);
  }

  /// A queue is resumed more often than it is paused.
  private static Arbitrary<History.Move> pauses() {
    return number(3).map(how -> new History.Move.Pause(how > 0));
  }

  private static Arbitrary<History.Move> claims() {
    return Combinators.combine(number(2), number(4)).as(History.Move.Claim::new);
  }

  private static Arbitrary<History.Move> settlements(int outcomes) {
    return Combinators.combine(
            number(2),
            number(6),
            number(outcomes),
            outcomes == 9 ? flag() : Arbitraries.just(false))
        .as(History.Move.Settle::new);
  }

  private static Arbitrary<History.Move> returns() {
    return Combinators.combine(number(2), number(4), flag()).as(History.Move.GiveBack::new);
  }

  private static Arbitrary<Integer> number(int below) {
    return Arbitraries.integers().between(0, below - 1);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(true, false);
  }
}
