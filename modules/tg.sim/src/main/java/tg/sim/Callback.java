package tg.sim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A press of a button and what the bot answered. Guarded by the [World]'s lock.
final class Callback {
  final String id;
  final Message message;
  final Sender from;
  final String data;
  final Instant at;
  @Nullable Instant answeredAt;
  String text = "";
  String url = "";
  boolean alert;

  Callback(String id, Message message, Sender from, String data, Instant at) {
    this.id = id;
    this.message = message;
    this.from = from;
    this.data = data;
    this.at = at;
  }
}
