package tg.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import tg.text.Phrases;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Setback;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// Runs a program for each task, so that any script is a bot.
///
/// The text goes to its standard input; what it writes to standard output is the answer. A line
/// `progress 40 words` on standard error is progress; the other lines there are the reason when it
/// ends with a status other than 0. The environment names the task: `TG_TASK_ID`,
/// `TG_TASK_COMMAND`, `TG_TASK_USER`, `TG_TASK_LANGUAGE`, `TG_TASK_ATTEMPT`; and the file that came
/// with the message, if one did: `TG_TASK_FILE` is its path, `TG_TASK_FILE_NAME` its sender's name
/// for it. Status 64 or 65 (sysexits: wrong usage, wrong data) means that the person must ask in
/// another way, and nothing is retried. When the task is interrupted, the program and all its
/// children are killed.
public final class Exec implements TaskHandler {
  private static final Pattern PROGRESS = Pattern.compile("progress (\\d{1,3})(?: (.*))?");
  private static final int REASON_LINES = 10;
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int EX_USAGE = 64;
  private static final int EX_DATAERR = 65;

  private final List<String> command;
  private final Phrases<Said> phrases = Said.load();

  /// Runs the program.
  ///
  /// @param command the program and its arguments, separated by white space
  public Exec(String command) {
    this.command = List.of(command.strip().split("\\s+"));
  }

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public boolean answersText() {
    return true;
  }

  @Override
  public boolean answersFiles() {
    return true;
  }

  @Override
  public Answer handle(Task task, Progress progress) throws Exception {
    var process = start(task);
    var io = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var answer = io.submit(() -> output(process.getInputStream()));
      var reason = io.submit(() -> watch(process.getErrorStream(), progress));
      io.execute(() -> input(process, task.text()));
      int status = process.waitFor();
      if (status != 0) {
        throw failure(status, get(reason));
      }
      var text = get(answer);
      var voice = Said.in(phrases, task.user().language());
      return Answer.text(text.isBlank() ? voice.say(Said.NO_OUTPUT) : text.strip());
    } finally {
      kill(process);
      // Not awaited: a child that left the tree may hold a pipe open for ever.
      io.shutdownNow();
    }
  }

  private Exception failure(int status, String reason) {
    if ((status == EX_USAGE || status == EX_DATAERR) && !reason.isBlank()) {
      return new UserError(reason);
    }
    var words = command.getFirst() + " ended with status " + status;
    return new Setback(reason.isBlank() ? words : reason, new IOException(words));
  }

  private Process start(Task task) throws IOException {
    var builder = new ProcessBuilder(command);
    var environment = builder.environment();
    // The program answers for a stranger: it gets no secret of ours.
    environment.keySet().removeIf(name -> name.startsWith("TG_"));
    environment.put("TG_TASK_ID", task.id());
    environment.put("TG_TASK_COMMAND", task.command());
    environment.put("TG_TASK_USER", Long.toString(task.user().id()));
    environment.put("TG_TASK_LANGUAGE", task.user().language().toLanguageTag());
    environment.put("TG_TASK_ATTEMPT", Long.toString(task.attempt()));
    var file = task.file();
    if (file != null) {
      environment.put("TG_TASK_FILE", file.path().toString());
      environment.put("TG_TASK_FILE_NAME", file.name());
    }
    return builder.start();
  }

  private static String get(Future<String> text) throws InterruptedException, IOException {
    try {
      return text.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot read what the program wrote", e);
    }
  }

  private static void input(Process process, String text) {
    try (var in = process.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      // A program may end, or close its input, without reading it all.
    }
  }

  private static String output(InputStream out) throws IOException {
    try (out) {
      var bytes = out.readNBytes(MAX_OUTPUT);
      out.skip(Long.MAX_VALUE);
      return new String(bytes, UTF_8);
    }
  }

  private static String watch(InputStream err, Progress progress) throws IOException {
    var last = new ArrayDeque<String>();
    try (var lines = new BufferedReader(new InputStreamReader(err, UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var match = PROGRESS.matcher(line);
        if (match.matches()) {
          var words = match.group(2);
          progress.report(Integer.parseInt(match.group(1)), words == null ? "" : words);
        } else {
          last.add(line.length() > 500 ? line.substring(0, 500) : line);
          if (last.size() > REASON_LINES) {
            last.remove();
          }
        }
      }
    }
    return String.join("\n", last);
  }

  private static void kill(Process process) {
    var children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
