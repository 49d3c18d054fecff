import org.jspecify.annotations.NullMarked;

/// Durable job queue on Valkey, and the same queue in memory.
@NullMarked
module tg.queue {
  requires static transitive org.jspecify;

  exports tg.queue;
}
