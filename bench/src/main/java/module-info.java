import org.jspecify.annotations.NullMarked;

/// Measured claims: each figure that the documents name comes from a command here.
@NullMarked
module tg.bench {
  requires static transitive org.jspecify;
  requires tg.bot;
  requires tg.outbox;
  requires tg.queue;
  requires tg.sim;
  requires tg.valkey;
  requires tg.worker;
}
