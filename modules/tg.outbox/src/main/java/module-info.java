import org.jspecify.annotations.NullMarked;

/// Everything we say to Telegram, and the contract between bot and worker.
///
/// - {@link tg.outbox.Letter}: one thing to say. It becomes a job of the queue `outbox`, in the
///   lane of its chat.
/// - {@link tg.outbox.Sender}: takes letters from the queue and says them, in the order of each
///   chat, at Telegram's pace.
/// - {@link tg.outbox.Task}: what a message asked for. It becomes a job of the queue `tasks`.
///
/// This module decides how and when something is said, never what.
@NullMarked
module tg.outbox {
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
  requires transitive tg.api;
  requires transitive tg.queue;

  exports tg.outbox;
}
