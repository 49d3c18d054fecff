package tg.sim;

import java.time.Instant;
import java.util.Optional;

/// A press of a button as it was when it was looked at. Immutable.
///
/// @param id the `callback_query_id`
/// @param data of the button
/// @param at when it was pressed
/// @param answeredAt when the bot answered
/// @param text what the bot answered, or empty
/// @param alert whether that is shown as a dialog
public record SimCallback(
    String id, String data, Instant at, Optional<Instant> answeredAt, String text, boolean alert) {

  static SimCallback of(Callback callback) {
    return new SimCallback(
        callback.id,
        callback.data,
        callback.at,
        Optional.ofNullable(callback.answeredAt),
        callback.text,
        callback.alert);
  }
}
