package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import tg.text.Phrases;
import tg.text.RichText;
import tg.text.Voice;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// Answers a file with what it is: its type by its content, its size, its SHA-256; and a text with
/// the report on it.
public final class Digest implements TaskHandler {
  private static final int BUFFER = 64 * 1024;
  private static final long LONGEST_TEXT = 4 << 20;

  private final Phrases<Said> phrases = Said.load();

  /// Called by the service loader.
  public Digest() {}

  @Override
  public String name() {
    return "digest";
  }

  @Override
  public boolean answersFiles() {
    return true;
  }

  @Override
  public String help(Locale language) {
    return Said.in(phrases, language).say(Said.DIGEST_HELP);
  }

  @Override
  public Answer handle(Task task, Progress progress)
      throws UserError, IOException, InterruptedException {
    var voice = Said.in(phrases, task.user().language());
    var file = task.file();
    if (file == null) {
      throw new UserError(voice.say(Said.DIGEST_ASK));
    }
    var digest = Sha256.begin();
    var beginning = new byte[0];
    long size = 0;
    try (var in = Files.newInputStream(file.path())) {
      var buffer = new byte[BUFFER];
      for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (size == 0) {
          beginning = Arrays.copyOf(buffer, Math.min(n, ContentType.ENOUGH));
        }
        digest.update(buffer, 0, n);
        size += n;
        progress.report((int) (size * 90 / Math.max(1, file.bytes())), voice.say(Said.READING));
      }
    }
    var type = size == 0 ? voice.say(Said.TEXT_EMPTY) : ContentType.of(beginning);
    var answer = RichText.builder();
    if (!file.name().isBlank()) {
      answer.bold(file.name()).add("\n");
    }
    answer.add(
        voice.say(Said.DIGEST_TYPE, type) + "\n" + voice.count(Said.DIGEST_SIZE, size) + "\n");
    if (type.equals(ContentType.TEXT) && size <= LONGEST_TEXT) {
      answer.add(report(file, voice));
    }
    answer.add("SHA-256: ").code(HexFormat.of().formatHex(digest.digest()));
    return Answer.text(answer.build());
  }

  private static String report(Task.File file, Voice<Said> voice) throws IOException {
    return Report.on(new String(Files.readAllBytes(file.path()), UTF_8), voice);
  }
}
