package tg.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Sees to it that no process of ours outlives this one, even if this one is killed: a shell that
/// kills them once its standard input ends. Processes that are stopped do not notice by themselves.
/// Thread-safe.
public final class Warden implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r what pid; do
        case $what in
          add) pids="$pids$pid " ;;
          gone) case $pids in *" $pid "*) pids="${pids%% $pid *} ${pids#* $pid }" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
      exit 0
      """;

  private final Process shell;

  /// Starts it.
  public Warden() {
    try {
      shell = new ProcessBuilder("sh", "-c", SCRIPT).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start sh", e);
    }
  }

  /// Watches over a process that was just started, until it ends.
  public void add(ProcessHandle process) {
    say("add " + process.pid());
    var _ = process.onExit().thenRun(() -> say("gone " + process.pid()));
  }

  private synchronized void say(String line) {
    try {
      shell.getOutputStream().write((line + "\n").getBytes(US_ASCII));
      shell.getOutputStream().flush();
    } catch (IOException e) {
      // Closed: everything is being ended.
    }
  }

  /// Kills what is left.
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the warden", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
