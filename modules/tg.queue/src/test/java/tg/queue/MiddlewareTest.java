package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done around enqueue and run.
final class MiddlewareTest {
  private static final ScopedValue<String> TENANT = ScopedValue.newInstance();
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final List<Queues> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Queues::close);
  }

  /// Says what it sees.
  private final class Saying implements Middleware {
    private final String name;

    Saying(String name) {
      this.name = name;
    }

    @Override
    public NewJob enqueuing(NewJob job) {
      return job.header(name, "seen");
    }

    @Override
    public Admission enqueue(List<NewJob> jobs, Enqueue next) {
      said.add(name + " before " + jobs.size());
      var admission = next.enqueue(jobs);
      said.add(name + " after");
      return admission;
    }

    @Override
    public Outcome run(Job job, JobHandler next) throws Exception {
      said.add(name + " run");
      try {
        return next.handle(job);
      } finally {
        said.add(name + " ran");
      }
    }

    @Override
    public void settled(Job job, boolean recorded) {
      said.add(name + " settled " + recorded);
    }
  }

  @Test
  void theFirstIsTheOutermost() {
    var queues = open(Queues.builder().use(new Saying("a")).use(new Saying("b")));
    var id = queues.enqueue(job());
    try (var worker = queues.worker("q").start(job -> Outcome.done())) {
      Waiting.until("it was settled", () -> said.size() == 10);
      assertTrue(worker.id().length() > 1);
    }

    assertEquals(
        List.of(
            "a before 1",
            "b before 1",
            "b after",
            "a after",
            "a run",
            "b run",
            "b ran",
            "a ran",
            "a settled true",
            "b settled true"),
        said);
    var headers = queues.queue("q").find(id).orElseThrow().job().headers();
    assertEquals(List.of("a", "b"), List.copyOf(headers.keySet()));
  }

  @Test
  void contextTravelsThroughAScopedValue() {
    var queues = open(Queues.builder().use(new Tenants()));
    ScopedValue.where(TENANT, "ann").run(() -> queues.enqueue(job()));
    var seen =
        new Runs(job -> {
          said.add(TENANT.get());
          return Outcome.done();
        });
    try (var worker = queues.worker("q").start(seen)) {
      seen.await(1);
      assertTrue(worker.running() >= 0);
    }

    assertEquals(List.of("ann"), said);
  }

  /// The example of the documentation.
  private static final class Tenants implements Middleware {
    @Override
    public NewJob enqueuing(NewJob job) {
      return TENANT.isBound() ? job.header("tenant", TENANT.get()) : job;
    }

    @Override
    public Outcome run(Job job, JobHandler next) throws Exception {
      var tenant = job.headers().getOrDefault("tenant", "nobody");
      return ScopedValue.where(TENANT, tenant).call(() -> next.handle(job));
    }
  }

  @Test
  void whatMiddlewareThrowsIsAFailedAttempt() {
    var queues =
        open(
            Queues.builder()
                .use(
                    new Middleware() {
                      @Override
                      public Outcome run(Job job, JobHandler next) {
                        throw new IllegalStateException("not today");
                      }
                    }));
    var id = queues.enqueue(job());
    try (var worker = queues.worker("q").retry(RetryPolicy.never()).start(job -> Outcome.done())) {
      Waiting.until("it failed", () -> queues.queue("q").counts().failed() == 1);
      assertTrue(worker.running() >= 0);
    }
    assertTrue(queues.queue("q").find(id).orElseThrow().lastFailure().contains("not today"));
  }

  @Test
  void aTraceTravelsWithTheJobAndItsFollowUps() {
    var queues = open(Queues.builder());
    var trace = TraceContext.begin();
    ScopedValue.where(TraceContext.CURRENT, trace).run(() -> queues.enqueue(job()));
    var worker =
        queues
            .worker("q")
            .start(job -> {
              said.add(TraceContext.CURRENT.get().toString());
              queues.enqueue(NewJob.of("inner", "t", Payload.empty()));
              return Outcome.done().then(NewJob.of("next", "t", Payload.empty()));
            });
    Waiting.until("it is done", () -> queues.queue("q").counts().finished() == 1);
    worker.drain(Duration.ofSeconds(1));

    assertEquals(List.of(trace.toString()), said);
    for (var name : List.of("inner", "next")) {
      var job = queues.queue(name).list(Registry.WAITING, 0, 1).getFirst().job();
      assertEquals(trace.toString(), job.headers().get("traceparent"), name);
    }
  }

  @Test
  void aTraceContextIsWrittenAsTheStandardSays() {
    var text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var context = TraceContext.read(text).orElseThrow();

    assertEquals(text, context.toString());
    assertEquals(context.traceId(), context.child().traceId());
    assertNotEquals(context.parentId(), context.child().parentId());
    assertEquals(Optional.of(context), TraceContext.read(text.replace("00-4", "01-4") + "-more"));
    assertThrows(IllegalArgumentException.class, () -> new TraceContext("x", "y", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void whatIsNoTraceContextIsIgnored(String text) {
    assertEquals(Optional.empty(), TraceContext.read(text));
  }

  private Queues open(Queues.Builder builder) {
    var queues = builder.openInMemory(InstantSource.system());
    opened.add(queues);
    return queues;
  }

  private static NewJob job() {
    return NewJob.of("q", "t", Payload.empty());
  }
}
