import org.jspecify.annotations.NullMarked;

/// Breaks everything around the queue engine on a seeded schedule, and checks that nothing was lost
/// and nothing done twice.
@NullMarked
module tg.chaos {
  requires static transitive org.jspecify;
  requires java.logging;
  requires tg.queue;
  requires tg.valkey;
}
