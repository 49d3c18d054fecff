package example.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tg.queue.Admission;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.Middleware;
import tg.queue.NewJob;
import tg.queue.Outcome;

/// A span of OpenTelemetry for each call that enqueues and for each attempt of a job, in one trace:
/// the context travels with the job in the header `traceparent`, as W3C Trace Context says. The
/// span of an attempt is a child of the one that enqueued its job; the handler's own spans are
/// children of the attempt's. Jobs that an outcome adds stay in the trace of their job.
/// Thread-safe.
public final class Tracing implements Middleware {
  private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

  private final Tracer tracer;

  /// Makes spans with that SDK.
  public Tracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("tg.queue");
  }

  /// Called within {@link #enqueue}, so the span is that of the call.
  @Override
  public NewJob enqueuing(NewJob job) {
    if (job.headers().containsKey("traceparent")) {
      return job;
    }
    var headers = new HashMap<String, String>();
    W3C.inject(Context.current(), headers, Map::put);
    var traced = job;
    for (var header : headers.entrySet()) {
      traced = traced.header(header.getKey(), header.getValue());
    }
    return traced;
  }

  @Override
  public Admission enqueue(List<NewJob> jobs, Enqueue next) {
    var first = jobs.isEmpty() ? "nothing" : jobs.getFirst().queue();
    var span =
        tracer
            .spanBuilder("send " + first)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("messaging.system", "tg.queue")
            .setAttribute("messaging.destination.name", first)
            .setAttribute("messaging.batch.message_count", jobs.size())
            .startSpan();
    try (var scope = span.makeCurrent()) {
      return next.enqueue(jobs);
    } catch (RuntimeException failure) {
      fail(span, failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  @Override
  public Outcome run(Job job, JobHandler next) throws Exception {
    var span =
        tracer
            .spanBuilder("process " + job.queue())
            .setParent(W3C.extract(Context.root(), job.headers(), new Headers()))
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "tg.queue")
            .setAttribute("messaging.destination.name", job.queue())
            .setAttribute("messaging.message.id", job.id().value())
            .setAttribute("tg.job.type", job.type())
            .setAttribute("tg.job.attempt", job.attempt())
            .startSpan();
    try (var scope = span.makeCurrent()) {
      var outcome = next.handle(job);
      if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Retry) {
        span.setStatus(StatusCode.ERROR);
      }
      return outcome;
    } catch (Exception failure) {
      fail(span, failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  private static void fail(Span span, Exception failure) {
    span.recordException(failure);
    span.setStatus(StatusCode.ERROR);
  }

  private static final class Headers implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public String get(Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
