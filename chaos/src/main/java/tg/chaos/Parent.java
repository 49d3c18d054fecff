package tg.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/// The process that started this one, as seen from here.
final class Parent {
  /// For an end in good order.
  private static final long GRACE_MILLIS = 30_000;

  private Parent() {}

  /// Returns when the parent says `stop`, or is no more. This process then has half a minute left.
  static void awaitStop() throws IOException {
    var reader = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    var line = reader.readLine();
    while (line != null && !line.equals("stop")) {
      line = reader.readLine();
    }
    var _ = Thread.ofPlatform().daemon().name("end").start(Parent::endSoon);
  }

  private static void endSoon() {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(3);
  }
}
