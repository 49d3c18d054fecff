package example.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Retries;

final class TracingTest {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final Queues queues =
      Queues.builder().use(new Tracing(telemetry)).openInMemory(InstantSource.system());

  @AfterEach
  void close() {
    queues.close();
    telemetry.close();
  }

  @Test
  void anAttemptAndWhatItsHandlerDoesAreInTheTraceOfWhoEnqueued() throws InterruptedException {
    var tracer = telemetry.getTracer("shop");
    runThrough(
        () -> {
          var order = tracer.spanBuilder("order").startSpan();
          try (var scope = order.makeCurrent()) {
            queues.enqueue(NewJob.of("mail", "receipt", Payload.of("7")));
          } finally {
            order.end();
          }
        },
        job -> {
          tracer.spanBuilder("render").startSpan().end();
          return Outcome.done();
        });

    var order = span("order");
    var send = span("send mail");
    var process = span("process mail");
    var render = span("render");
    for (var span : List.of(send, process, render)) {
      assertEquals(order.getTraceId(), span.getTraceId());
    }
    assertEquals(order.getSpanId(), send.getParentSpanId());
    assertEquals(send.getSpanId(), process.getParentSpanId());
    assertEquals(process.getSpanId(), render.getParentSpanId());
  }

  @Test
  void aFollowUpStaysInTheTrace() throws InterruptedException {
    runThrough(
        () -> queues.enqueue(NewJob.of("mail", "first", Payload.empty())),
        job ->
            job.type().equals("first")
                ? Outcome.done().then(NewJob.of("mail", "second", Payload.empty()))
                : Outcome.done());

    var processed = named("process mail");
    assertEquals(2, processed.size());
    assertEquals(processed.getFirst().getTraceId(), processed.getLast().getTraceId());
  }

  @Test
  void aFailedAttemptIsAnErrorWithItsException() throws InterruptedException {
    runThrough(
        () ->
            queues.enqueue(
                NewJob.of("mail", "receipt", Payload.empty())
                    .retry(Retries.after(Duration.ofMillis(1)))),
        job -> {
          if (job.attempt() == 1) {
            throw new IllegalStateException("no");
          }
          return Outcome.done();
        });

    var attempts = named("process mail");
    assertEquals(2, attempts.size());
    assertEquals(StatusCode.ERROR, attempts.getFirst().getStatus().getStatusCode());
    assertEquals("exception", attempts.getFirst().getEvents().getFirst().getName());
    assertEquals(StatusCode.UNSET, attempts.getLast().getStatus().getStatusCode());
    assertEquals(attempts.getFirst().getTraceId(), attempts.getLast().getTraceId());
  }

  /// Enqueues, and runs until nothing is left.
  private void runThrough(Runnable enqueue, JobHandler handler) throws InterruptedException {
    enqueue.run();
    var mail = queues.queue("mail");
    try (var worker = queues.worker("mail").concurrency(1).start(handler)) {
      var counts = mail.counts();
      while (counts.waiting() + counts.scheduled() + counts.running() > 0) {
        Thread.onSpinWait();
        counts = mail.counts();
      }
      assertTrue(worker.drain(Duration.ofSeconds(10)));
    }
  }

  private SpanData span(String name) {
    var found = named(name);
    assertFalse(found.isEmpty(), () -> name + " is not among " + spans.getFinishedSpanItems());
    return found.getFirst();
  }

  private List<SpanData> named(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }
}
