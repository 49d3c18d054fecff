import org.jspecify.annotations.NullMarked;

/// Records as JSON in the payloads of {@link tg.queue}, without reflection: {@link
/// tg.queue.json.JsonCodec} is made of two functions, one of which reads through {@link
/// tg.queue.json.JsonFields}, so that what does not fit is said with its place.
///
/// A module of its own, so that {@link tg.queue} needs nothing at run time.
@NullMarked
module tg.queue.json {
  requires static org.jspecify;
  requires transitive com.eclipsesource.json;
  requires transitive tg.queue;

  exports tg.queue.json;
}
