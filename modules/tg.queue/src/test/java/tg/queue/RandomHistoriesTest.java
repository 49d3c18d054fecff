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
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void everyServerBehavesAsTheStoreInMemory(@ForAll("moves") List<History.Move> moves) {
    for (var backend : servers().backends()) {
      var history =
          new History(
              backend.open("h" + UUID.randomUUID().toString().replace("-", "")),
              Queues.inMemory(InstantSource.fixed(Instant.EPOCH)));
      try {
        moves.forEach(history::make);
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
  Arbitrary<List<History.Move>> moves() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, adds()),
            Tuple.of(5, claims()),
            Tuple.of(6, settlements()),
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

  private static Arbitrary<History.Move> adds() {
    return Combinators.combine(
            number(12).map(name -> Math.max(0, name - 7)),
            number(4),
            flag(),
            number(8).map(key -> Math.max(0, key - 5)),
            number(6).map(later -> later == 5))
        .as(History.Move.Add::new);
  }

  private static Arbitrary<History.Move> claims() {
    return Combinators.combine(number(2), number(4)).as(History.Move.Claim::new);
  }

  private static Arbitrary<History.Move> settlements() {
    return Combinators.combine(number(2), number(6), number(9), flag())
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
