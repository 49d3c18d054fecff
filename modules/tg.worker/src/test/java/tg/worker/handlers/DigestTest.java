package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.worker.Task;
import tg.worker.UserError;

class DigestTest {
  @TempDir Path folder;

  private String answer(String name, byte[] bytes, Locale language) throws Exception {
    var path = Files.write(folder.resolve("file"), bytes);
    var file = new Task.File(path, name, "image/png", bytes.length);
    var user = new Task.User(1, "Ann", language);
    return new Digest()
        .handle(new Task("t1", user, "", "", 1, file), (percent, words) -> {})
        .text()
        .text();
  }

  @Test
  void aTextIsReportedOnWhateverItsSenderCallsIt() throws Exception {
    assertEquals(
        """
        cat.png
        Type: text/plain
        Size: 13 bytes
        Characters: 13
        Words: 4
        Lines: 2
        Reading time: 1 s
        Most frequent: to ×2, be ×1, or ×1
        SHA-256: f9114418c1091058c03444da854798ab0e308352f7922b6b67ca4cd26065d556\
        """,
        answer("cat.png", "to be\nor? to!".getBytes(UTF_8), Locale.ENGLISH));
  }

  @Test
  void anEmptyFileIsToldInThePersonsLanguage() throws Exception {
    assertEquals(
        """
        Тип: пусто
        Размер: 0 байт
        SHA-256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\
        """,
        answer("", new byte[0], Locale.forLanguageTag("ru")));
  }

  @Test
  void aTypeIsToldByTheContent() throws Exception {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    var gzip = new ByteArrayOutputStream();
    new GZIPOutputStream(gzip).close();
    assertEquals("application/zip", ContentType.of(zip.toByteArray()));
    assertEquals("application/gzip", ContentType.of(gzip.toByteArray()));
    assertEquals("application/pdf", ContentType.of("%PDF-1.7".getBytes(UTF_8)));
    assertEquals(
        "image/png", ContentType.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
    assertEquals("image/jpeg", ContentType.of(new byte[] {-1, (byte) 0xD8, -1, 0}));
    assertEquals("text/html", ContentType.of(" <!DOCTYPE html><p>".getBytes(UTF_8)));
    assertEquals("text/plain", ContentType.of("Привет 😀".getBytes(UTF_8)));
    assertEquals("application/octet-stream", ContentType.of(new byte[] {0, 1, 2}));
    assertEquals("application/octet-stream", ContentType.of(new byte[] {(byte) 0xC3, '('}));
  }

  @Test
  void aCharacterThatIsCutOffAtTheEndOfTheBeginningIsStillText() {
    for (int shift = 0; shift < 4; shift++) {
      var text = "x".repeat(shift) + "😀".repeat(2000);
      var beginning = java.util.Arrays.copyOf(text.getBytes(UTF_8), ContentType.ENOUGH);
      assertEquals("text/plain", ContentType.of(beginning), "shift " + shift);
    }
  }

  @Test
  void withoutAFileThePersonIsAskedForOne() {
    var user = new Task.User(1, "Ann", Locale.ENGLISH);
    var error =
        assertThrows(
            UserError.class,
            () -> new Digest().handle(new Task("t", user, "digest", "", 1), (p, w) -> {}));
    assertTrue(String.valueOf(error.getMessage()).startsWith("Send me a file"));
  }
}
