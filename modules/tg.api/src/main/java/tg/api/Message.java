package tg.api;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A message as we receive it. Immutable.
///
/// @param ref where it is
/// @param chat its chat
/// @param from who wrote it; null in channels
/// @param date when it was sent, by Telegram's clock
/// @param text the text, or the caption of a file; may be empty
/// @param entities what is special in the text
/// @param file the document or the largest photo; null when there is none
public record Message(
    MessageRef ref,
    Chat chat,
    @Nullable User from,
    Instant date,
    String text,
    List<Entity> entities,
    @Nullable FileRef file) {

  /// A stretch of the text.
  ///
  /// @param type Telegram's name of it, for example `bot_command`
  /// @param offset in UTF-16 units
  /// @param length in UTF-16 units
  public record Entity(String type, int offset, int length) {}

  /// A file that can be fetched with {@link Call.GetFile}.
  ///
  /// @param id Telegram's `file_id`
  /// @param name as its sender named it; may be empty
  /// @param mediaType as its sender declared it; may be empty
  /// @param bytes its size; -1 when unknown
  public record FileRef(String id, String name, String mediaType, long bytes) {}

  /// {@return the topic to answer in; empty outside of topics}
  public OptionalInt topic() {
    return ref.topic() == 0 ? OptionalInt.empty() : OptionalInt.of(ref.topic());
  }
}
