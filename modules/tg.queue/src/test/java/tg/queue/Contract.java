package tg.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// What holds on every backend; each test has a namespace of its own.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryBackend.class)
abstract class Contract {
  static final Duration SECOND = Duration.ofSeconds(1);

  private final List<Worker> workers = new ArrayList<>();
  private final List<Hand> hands = new ArrayList<>();
  private final List<Queues> views = new ArrayList<>();
  private boolean within;
  String namespace = "";
  Queues queues;
  @Parameter Backend backend = new Backend.Memory(1);

  @BeforeEach
  final void openNamespace(TestInfo test) {
    namespace = "t" + UUID.randomUUID().toString().replace("-", "");
    within = test.getTestMethod().orElseThrow().isAnnotationPresent(WithinPartition.class);
    queues = open(backend);
    views.add(queues);
  }

  private Queues open(Backend where) {
    return within ? where.openWithinPartition(namespace) : where.open(namespace);
  }

  @AfterEach
  final void closeNamespace() {
    workers.forEach(Worker::close);
    hands.forEach(Hand::close);
    views.forEach(Queues::close);
  }

  /// {@return what another process would see: a connection of its own, where there are any}
  final Queues another() {
    return switch (backend) {
      case Backend.Memory memory -> queues;
      case Backend.Server server -> {
        var view = open(server);
        views.add(view);
        yield view;
      }
    };
  }

  /// Starts a worker that is closed after the test.
  final Worker start(Worker.Builder builder, JobHandler handler) {
    var worker = builder.start(handler);
    workers.add(worker);
    return worker;
  }

  /// Starts a worker of queue `q` that runs one job at a time.
  final Worker startOne(JobHandler handler) {
    return start(queues.worker("q").concurrency(1), handler);
  }

  /// {@return a job of queue `q` whose payload is the text}
  static NewJob job(String text) {
    return NewJob.of("q", "test", Payload.of(text));
  }

  final JobQueue q() {
    return queues.queue("q");
  }

  /// {@return the job, which must be known}
  final JobInfo info(JobId id) {
    return q().find(id).orElseThrow(() -> new AssertionError("job " + id + " is not known"));
  }

  final void awaitEnded(int count) {
    Waiting.until(
        count + " jobs ended: " + q().counts(),
        () -> {
          var now = q().counts();
          return now.finished() + now.failed() + now.canceled() >= count;
        });
  }

  /// Opens a worker that the test drives by hand, of queue `q`, with a lease of a minute.
  final Hand hand() {
    return hand(Integer.MAX_VALUE, Duration.ofMinutes(1));
  }

  /// Opens one with a lease so short that the tests can wait for its end.
  final Hand shortLived() {
    return hand(Integer.MAX_VALUE, SECOND);
  }

  final Hand hand(int groupLimit, Duration lease) {
    var hand = new Hand(another(), groupLimit, lease);
    hands.add(hand);
    return hand;
  }

  /// Does something at once in that many virtual threads, each given its number, and waits for all.
  static void inThreads(int count, IntConsumer work) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, count).mapToObj(i -> executor.submit(() -> work.accept(i)));
      for (var one : all.toList()) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a thread failed", e);
    }
  }
}
