package tg.valkey;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Sends Unix signals to processes that we started.
public final class Signals {
  private Signals() {}

  /// Sends a signal and waits until it was sent.
  ///
  /// @param signal its name without SIG, for example `KILL`
  public static void send(String signal, long pid) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send " + signal, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + signal, e);
    }
  }
}
