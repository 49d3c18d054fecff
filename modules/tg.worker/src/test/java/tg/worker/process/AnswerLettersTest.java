package tg.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.api.MessageRef;
import tg.outbox.Content;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.JobId;
import tg.text.RichText;
import tg.worker.Answer;
import tg.worker.Attachment;

class AnswerLettersTest {
  private static final Task ASKED =
      new Task(
          new JobId("7.1.2"),
          new MessageRef(1, 2, 0),
          new Task.Asker(1, "Ann", "en"),
          "",
          "x",
          null,
          Instant.EPOCH);

  private static List<Letter.Answer> letters(Answer answer, boolean instead) throws IOException {
    return new AnswerLetters(ASKED, Phrase.load().in("en"), instead).of(answer);
  }

  private static List<String> texts(Answer answer) throws IOException {
    return letters(answer, false).stream()
        .map(letter -> assertInstanceOf(Content.Words.class, letter.content()).text().text())
        .toList();
  }

  @Test
  void whatFitsIsOneMessage() throws IOException {
    var emoji = "😀".repeat(4096);
    assertEquals(List.of(emoji), texts(Answer.text("  " + emoji + "\n")));
  }

  @Test
  void whatDoesNotFitIsNumberedAndInOrder() throws IOException {
    var lines = ("x".repeat(99) + "\n").repeat(110);
    var texts = texts(Answer.text(lines));
    assertEquals(3, texts.size());
    for (int i = 0; i < 3; i++) {
      assertTrue(texts.get(i).endsWith("x\n\n" + (i + 1) + "/3"), texts.get(i));
      assertTrue(texts.get(i).length() <= 4096);
    }
  }

  @Test
  void aVeryLongTextIsADocument() throws IOException {
    var text = "word ".repeat(10_000).strip();
    var content = letters(Answer.text(text), false).getFirst().content();
    var document = assertInstanceOf(Content.Document.class, content);
    assertEquals("answer.txt", document.name());
    assertEquals(text, document.bytes().text());
    assertEquals(
        "The answer has 49,999 characters, so it comes as a file.", document.text().text());
  }

  @Test
  void aVeryLongTextWithStylesKeepsThem() throws IOException {
    var text = RichText.builder().bold("a & b").add(" more".repeat(10_000)).build();
    var content = letters(Answer.text(text), false).getFirst().content();
    var document = assertInstanceOf(Content.Document.class, content);
    assertEquals("answer.html", document.name());
    assertTrue(document.bytes().text().contains("<b>a &amp; b</b> more"));
  }

  @Test
  void htmlThatIsNoneIsShownAsItIs() throws IOException {
    assertEquals(List.of("1 < 2 <b>bold"), texts(Answer.html("1 < 2 <b>bold")));
  }

  @Test
  void aCaptionThatDoesNotFitFollowsItsFile(@TempDir Path folder) throws IOException {
    var path = Files.writeString(folder.resolve("a.txt"), "hello");
    var fits = new Answer.Document(Attachment.of(path), RichText.plain("😀".repeat(1024)));
    assertEquals(1, letters(fits, false).size());
    var content =
        assertInstanceOf(Content.Document.class, letters(fits, false).getFirst().content());
    assertEquals("hello", content.bytes().text());
    var longer =
        new Answer.Photo(
            Attachment.of("a.png", "p".getBytes(UTF_8)), RichText.plain("x".repeat(1025)));
    var both = letters(longer, false);
    assertInstanceOf(Content.Photo.class, both.getFirst().content());
    assertEquals(1025, both.getLast().content().text().codePoints());
  }

  @Test
  void aFileThatIsTooLargeOrGoneIsAFault(@TempDir Path folder) {
    var large = new byte[(20 << 20) + 1];
    assertThrows(
        IOException.class,
        () -> letters(Answer.document(Attachment.of("large", large), ""), false));
    assertThrows(
        IOException.class, () -> letters(Answer.document(folder.resolve("missing")), false));
  }

  @Test
  void inEditModeTheFirstTextTakesThePlaceOfTheAcknowledgement() throws IOException {
    var letters = letters(Answer.text("word ".repeat(1500)), true);
    assertEquals(new Letter.Instead(ASKED.id(), 0), letters.getFirst().instead());
    assertNull(letters.getLast().instead());
    var file = letters(Answer.document(Attachment.of("a", new byte[1]), ""), true);
    assertNull(file.getFirst().instead(), "a text cannot become a file");
  }
}
