package tg.outbox;

import java.util.List;
import java.util.Optional;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.queue.Queues;

/// Small things that bot and worker remember together: a person's language, a group's new id. Each
/// is a job that nobody claims, on a queue of its own; so it is as durable as everything else.
/// Thread-safe.
///
/// @param queues where
public record Notes(Queues queues) {
  /// The queue on which they are; nobody serves it.
  public static final String QUEUE = "notes";

  /// Remembers a value under a key, in place of the one before.
  ///
  /// @param key 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  public void put(String key, String value) {
    var note = NewJob.of(QUEUE, "note", Payload.of(value)).replacing(key);
    // The first makes it if it is not there, the second writes it.
    queues.enqueueAll(List.of(note.id(new JobId(key)), note));
  }

  /// {@return what is remembered under a key}
  public Optional<String> get(String key) {
    return queues.queue(QUEUE).find(new JobId(key)).map(info -> info.job().payload().text());
  }

  /// Remembers the new id of a group that has become a supergroup.
  public void moved(long chat, long to) {
    put("moved." + chat, Long.toString(to));
  }

  /// {@return the new id of a group that has become a supergroup}
  public Optional<Long> movedTo(long chat) {
    return get("moved." + chat).map(Long::valueOf);
  }

  /// {@return whether a chat is a group that may still become a supergroup}
  public static boolean isSmallGroup(long chat) {
    return chat < 0 && chat > -1_000_000_000_000L;
  }

  /// Remembers the language that a person has chosen; empty for that of the person's app.
  public void language(long user, String language) {
    put("language." + user, language);
  }

  /// {@return the language that a person has chosen; empty when there was no choice}
  public String language(long user) {
    return get("language." + user).orElse("");
  }
}
