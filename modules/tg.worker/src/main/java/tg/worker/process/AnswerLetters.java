package tg.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tg.api.Button;
import tg.api.Call;
import tg.outbox.Content;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.Payload;
import tg.text.RichText;
import tg.text.Voice;
import tg.worker.Answer;
import tg.worker.Attachment;

/// Makes the letters of an answer: as many as Telegram's limits ask for, in order. Immutable.
///
/// @param asked what is answered
/// @param voice in which language
/// @param instead whether the first takes the place of the acknowledgement
record AnswerLetters(Task asked, Voice<Phrase> voice, boolean instead) {
  /// Bot API, sendMessage: code points after parsing.
  static final int MESSAGE = 4096;

  /// Bot API, sendDocument and sendPhoto.
  static final int CAPTION = 1024;

  /// Longer answers come as a document.
  static final int MOST_PARTS = 3;

  /// What the queue carries.
  static final long LARGEST_FILE = 20 << 20;

  private static final int NUMBER = "\n\n1/3".length();

  /// {@return the letters}
  ///
  /// @throws IOException when a file cannot be read, or is too large
  List<Letter.Answer> of(Answer answer) throws IOException {
    var contents =
        switch (answer) {
          case Answer.Words(var text) -> words(text.strip());
          case Answer.Photo(var file, var text) ->
              captioned(
                  text.strip(), caption -> new Content.Photo(file.name(), read(file), caption));
          case Answer.Document(var file, var text) ->
              captioned(
                  text.strip(), caption -> new Content.Document(file.name(), read(file), caption));
        };
    var letters = new ArrayList<Letter.Answer>();
    for (var content : contents) {
      letters.add(letter(content, List.of(), letters.isEmpty()));
    }
    return letters;
  }

  /// {@return the letter that says a text, with buttons under it}
  Letter.Answer of(String text, List<List<Button>> buttons) {
    return letter(Content.of(RichText.plain(text)), buttons, true);
  }

  private Letter.Answer letter(Content content, List<List<Button>> buttons, boolean first) {
    boolean there = instead && first && content instanceof Content.Words;
    return new Letter.Answer(
        Call.Target.replyTo(asked.message()),
        content,
        buttons,
        there ? new Letter.Instead(asked.id(), 0) : null);
  }

  /// Puts a caption to a file.
  private interface File {
    Content with(RichText caption) throws IOException;
  }

  private List<Content> captioned(RichText text, File file) throws IOException {
    if (text.codePoints() <= CAPTION) {
      return List.of(file.with(text));
    }
    var all = new ArrayList<Content>();
    all.add(file.with(RichText.EMPTY));
    all.addAll(words(text));
    return all;
  }

  private List<Content> words(RichText text) {
    int length = text.codePoints();
    if (length <= MESSAGE) {
      return List.of(Content.of(text));
    }
    if (length > MOST_PARTS * MESSAGE) {
      return List.of(document(text, length));
    }
    var parts = text.parts(MESSAGE - NUMBER);
    if (parts.size() > MOST_PARTS) {
      return List.of(document(text, length));
    }
    var numbered = new ArrayList<Content>();
    for (var part : parts) {
      var number = "\n\n" + (numbered.size() + 1) + "/" + parts.size();
      numbered.add(Content.of(part.plus(RichText.plain(number))));
    }
    return numbered;
  }

  private Content document(RichText text, int length) {
    var caption = RichText.plain(voice.count(Phrase.LONG_ANSWER, length));
    if (text.styles().isEmpty()) {
      return new Content.Document("answer.txt", Payload.of(text.text()), caption);
    }
    var page =
        """
        <!doctype html><meta charset="utf-8"><title>%s</title>
        <body style="white-space: pre-wrap; font-family: sans-serif; max-width: 50em">%s
        """
            .formatted(asked.id(), text.toHtml());
    return new Content.Document("answer.html", Payload.of(page.getBytes(UTF_8)), caption);
  }

  private static Payload read(Attachment file) throws IOException {
    return Payload.of(file.read(LARGEST_FILE));
  }
}
