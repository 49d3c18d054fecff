package tg.outbox;

import tg.api.Upload;
import tg.queue.Payload;
import tg.text.RichText;

/// What an answer shows. Immutable.
public sealed interface Content {
  /// {@return the text, or the caption of the file}
  RichText text();

  /// A text that fits one message.
  ///
  /// @param text 1 to 4,096 code points
  record Words(RichText text) implements Content {}

  /// A picture that Telegram shows; should Telegram not take it, it goes as a document.
  ///
  /// @param name under which name
  /// @param bytes the file
  /// @param text up to 1,024 code points; may be empty
  record Photo(String name, Payload bytes, RichText text) implements Content {}

  /// A file.
  ///
  /// @param name under which name
  /// @param bytes the file
  /// @param text up to 1,024 code points; may be empty
  record Document(String name, Payload bytes, RichText text) implements Content {}

  /// {@return a text}
  static Content of(RichText text) {
    return new Words(text);
  }

  /// {@return the file of a name and its bytes}
  static Upload upload(String name, Payload bytes) {
    return Upload.of(name, bytes.bytes());
  }
}
