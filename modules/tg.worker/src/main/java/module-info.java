import org.jspecify.annotations.NullMarked;

/// The worker process and the TaskHandler service interface.
@NullMarked
module tg.worker {
  requires tg.outbox;
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
}
