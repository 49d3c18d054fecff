package tg.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Interrupting a call, and closing the API under it.
@Timeout(30)
class EndingTest {
  /// Waits longer than any test may take, so that only what is tested can end a call.
  private static final Patience LONG =
      new Patience(
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2));

  private final CompletableFuture<ApiError> error = new CompletableFuture<>();
  private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

  private Thread calling(Runnable call) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            error.complete(failure(call::run));
          } catch (Throwable e) {
            error.completeExceptionally(e);
          }
          interrupted.complete(Thread.currentThread().isInterrupted());
        });
  }

  private static StubServer silent(CountDownLatch end) {
    return new StubServer((_, _) -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return false;
    });
  }

  @Test
  void anInterruptEndsACallWhoseRequestIsOut() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = silent(end);
        var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, LONG)) {
      var caller = calling(() -> telegram.call(message("x")));
      server.first.await();
      caller.interrupt();
      assertEquals(new ApiError.UnknownOutcome("interrupted"), error.get());
      assertTrue(interrupted.get(), "the caller still sees the interrupt");
    } finally {
      end.countDown();
    }
  }

  @Test
  void anInterruptEndsALongPoll() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = silent(end);
        var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, LONG)) {
      var caller = calling(() -> telegram.updates(0, 100, Duration.ofSeconds(50)));
      server.first.await();
      caller.interrupt();
      assertEquals(new ApiError.UnknownOutcome("interrupted"), error.get());
    } finally {
      end.countDown();
    }
  }

  @Test
  void anInterruptEndsAWaitForAConnection() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var telegram =
            Telegram.connect(
                URI.create("https://127.0.0.1:" + full.getLocalPort()), Fixture.TOKEN, LONG)) {
      var caller = calling(() -> telegram.call(message("x")));
      full.accept(); // it is connected now, and waits for the handshake
      caller.interrupt();
      assertEquals(new ApiError.Unavailable("interrupted"), error.get());
    }
  }

  @Test
  void anInterruptedThreadSendsNothing() throws Exception {
    try (var server = StubServer.ok(Fixture.SENT);
        var telegram = telegram(server)) {
      calling(() -> {
        Thread.currentThread().interrupt();
        telegram.call(message("x"));
      });
      assertEquals(new ApiError.Unavailable("interrupted"), error.get());
      assertEquals(List.of(), server.received());
    }
  }

  @Test
  void closingEndsAWaitingPoll() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = silent(end)) {
      var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, LONG);
      calling(() -> telegram.updates(0, 100, Duration.ofSeconds(50)));
      server.first.await();
      telegram.close();
      assertEquals(new ApiError.UnknownOutcome("closed"), error.get());
    } finally {
      end.countDown();
    }
  }

  @Test
  void afterClosingNothingIsSent() throws IOException {
    try (var server = StubServer.ok(Fixture.SENT)) {
      var telegram = telegram(server);
      telegram.call(message("x"));
      telegram.close();
      assertEquals(new ApiError.Unavailable("closed"), failure(() -> telegram.call(message("y"))));
      assertEquals(
          new ApiError.Unavailable("closed"), failure(() -> telegram.updates(0, 1, Duration.ZERO)));
      assertEquals(1, server.received().size());
    }
  }

  @Test
  void nothingIsLeftThatKeepsAProcessAlive() throws IOException {
    var before = Thread.getAllStackTraces().keySet();
    try (var server = StubServer.ok(Fixture.SENT)) {
      var telegram = telegram(server);
      telegram.call(message("x"));
      telegram.close();
    }
    var left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(Thread::isDaemon);
    assertEquals(Set.of(), left);
  }

  @Test
  void manyThreadsShareOneApi() throws Exception {
    try (var server = StubServer.ok(Fixture.SENT);
        var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, LONG)) {
      var threads =
          IntStream.range(0, 100)
              .mapToObj(i -> Thread.ofVirtual().unstarted(() -> telegram.call(message("m" + i))))
              .toList();
      threads.forEach(Thread::start);
      for (var thread : threads) {
        thread.join();
      }
      assertEquals(
          100, server.received().stream().map(r -> r.form().get("text")).distinct().count());
      assertInstanceOf(MessageRef.class, telegram.call(message("last")));
    }
  }
}
