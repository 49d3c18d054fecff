package tg.worker;

import java.nio.file.Path;
import tg.text.InvalidHtml;
import tg.text.RichText;

/// What the person gets, as a reply to the message that asked. Immutable.
///
/// A text of any length will do: one that does not fit a message comes in up to three, numbered; a
/// longer one comes as a document. So does a caption that does not fit: as messages after its file.
public sealed interface Answer {
  /// {@return the text, or the caption of the file}
  RichText text();

  /// A text.
  ///
  /// @param text not blank
  record Words(RichText text) implements Answer {
    /// Checks that there is something to say.
    public Words {
      if (text.isBlank()) {
        throw new IllegalArgumentException("an answer must say something");
      }
    }
  }

  /// A picture that is shown in the chat; JPEG, PNG or WebP, up to 10 MB.
  ///
  /// @param file the picture
  /// @param text the caption; may be empty
  record Photo(Attachment file, RichText text) implements Answer {}

  /// A file of any kind, up to 20 MiB.
  ///
  /// @param file the file
  /// @param text the caption; may be empty
  record Document(Attachment file, RichText text) implements Answer {}

  /// {@return a text that is shown as it is}
  static Answer text(String text) {
    return new Words(RichText.plain(text));
  }

  /// {@return a text with styles}
  static Answer text(RichText text) {
    return new Words(text);
  }

  /// {@return a text in Telegram's HTML, see {@link RichText#html}; one that is not is shown as it
  /// is, so that no answer is lost. {@link RichText#escape} what comes from others}
  static Answer html(String html) {
    try {
      return new Words(RichText.html(html));
    } catch (InvalidHtml _) {
      return text(html);
    }
  }

  /// {@return a picture}
  ///
  /// @param caption may be empty
  static Answer photo(Attachment file, String caption) {
    return new Photo(file, RichText.plain(caption));
  }

  /// {@return a file}
  ///
  /// @param caption may be empty
  static Answer document(Attachment file, String caption) {
    return new Document(file, RichText.plain(caption));
  }

  /// {@return a file on disk, under its own name; it is read when the handler has returned}
  static Answer document(Path file) {
    return document(Attachment.of(file), "");
  }
}
