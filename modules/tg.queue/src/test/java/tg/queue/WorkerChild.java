package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A worker process for tests that kill or stop it. Says on its standard output what happens, one
/// line each: `ready`, `start ID ATTEMPT`, `interrupted ID ATTEMPT`, `end ID ATTEMPT`. Ends when
/// its standard input does.
final class WorkerChild {
  private final CountDownLatch go = new CountDownLatch(1);

  private WorkerChild() {}

  /// Arguments: the server, the namespace, the concurrency, the lease in milliseconds.
  static void main(String[] args) throws IOException {
    var child = new WorkerChild();
    try (var queues =
            Queues.builder()
                .server(URI.create(args[0]))
                .namespace(args[1])
                .patience(Duration.ofSeconds(30))
                .open();
        var worker =
            queues
                .worker("q")
                .concurrency(Integer.parseInt(args[2]))
                .lease(Duration.ofMillis(Long.parseLong(args[3])))
                .start(child::run)) {
      System.out.println("ready " + worker.id());
      var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (var line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.equals("go")) {
          child.go.countDown();
        }
      }
    }
  }

  /// The payload says what to do: `hang` until told to go, `spin SECONDS`, or anything else at
  /// once.
  private Outcome run(Job job) {
    var name = job.id() + " " + job.attempt();
    System.out.println("start " + name);
    var text = job.payload().text();
    if (text.equals("hang")) {
      hang(name);
    } else if (text.startsWith("spin ")) {
      spin(Duration.ofSeconds(Long.parseLong(text.substring(5))));
    }
    System.out.println("end " + name);
    return Outcome.done(Payload.of("child")).then(NewJob.of("next", "t", Payload.of("child")));
  }

  private void hang(String name) {
    while (go.getCount() > 0) {
      try {
        go.await();
      } catch (InterruptedException e) {
        System.out.println("interrupted " + name);
      }
    }
  }

  private static void spin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
