package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A message of a transcript, as it was when it was looked at, with all it ever showed. Immutable.
///
/// @param chat the chat's key
/// @param id its `message_id`
/// @param author who wrote it; absent on a post of a channel
/// @param replyTo the id of the message it answers
/// @param thread the topic it is in
/// @param silent whether it was sent without notifying anybody
/// @param versions what it showed, oldest first, at least one
/// @param deletedAt when it was deleted
public record SimMessage(
    String chat,
    int id,
    Optional<Author> author,
    OptionalInt replyTo,
    OptionalInt thread,
    boolean silent,
    List<Shown> versions,
    Optional<Instant> deletedAt) {

  /// Who wrote a message. Immutable.
  ///
  /// @param id of the user or bot
  /// @param name for people
  /// @param bot whether it is a bot
  public record Author(long id, String name, boolean bot) {}

  /// A button of an inline keyboard. Immutable.
  ///
  /// @param text its label
  /// @param data its `callback_data`, or empty
  /// @param url its link, or empty
  public record Button(String text, String data, String url) {}

  /// What a message showed from a time on. Immutable.
  ///
  /// @param at when it began to
  /// @param text the text, the caption, or what a service message tells
  /// @param file the name of the file, or empty
  /// @param buttons row by row
  public record Shown(Instant at, String text, String file, List<Button> buttons) {
    /// Copies the list.
    public Shown {
      buttons = List.copyOf(buttons);
    }
  }

  /// Copies the list.
  public SimMessage {
    versions = List.copyOf(versions);
  }

  /// {@return what it shows now, or showed last}
  public Shown shown() {
    return versions.getLast();
  }

  /// {@return the text it shows now, or showed last}
  public String text() {
    return shown().text();
  }

  /// {@return when it was sent}
  public Instant sentAt() {
    return versions.getFirst().at();
  }

  /// {@return whether a bot wrote it}
  public boolean fromBot() {
    return author.map(Author::bot).orElse(false);
  }

  static SimMessage of(Message message) {
    Sender from = message.signed();
    Message target = message.placement.replyTo();
    int thread = message.placement.thread();
    return new SimMessage(
        message.chat.key,
        message.id,
        from == null
            ? Optional.empty()
            : Optional.of(new Author(from.id(), from.name(), from instanceof Bot)),
        target == null ? OptionalInt.empty() : OptionalInt.of(target.id),
        thread == 0 ? OptionalInt.empty() : OptionalInt.of(thread),
        message.placement.silent(),
        message.versions().stream().map(SimMessage::shown).toList(),
        Optional.ofNullable(message.deletedAt));
  }

  private static Shown shown(Version version) {
    List<Button> buttons = new ArrayList<>();
    Fields.array(version.inline(), "inline_keyboard")
        .ifPresent(rows ->
            rows.forEach(
                row -> row.asArray().forEach(button -> buttons.add(button(button.asObject())))));
    return switch (version.content()) {
      case Content.Text(Formatted text) -> new Shown(version.at(), text.text(), "", buttons);
      case Content.Attachment(StoredFile file, Formatted text) ->
          new Shown(version.at(), text.text(), file.name(), buttons);
      case Content.Service service -> new Shown(version.at(), service.told(), "", buttons);
    };
  }

  private static Button button(JsonObject json) {
    return new Button(
        json.getString("text", ""), json.getString("callback_data", ""), json.getString("url", ""));
  }
}
