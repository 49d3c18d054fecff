package tg.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a client writes and reads for 100 jobs, a job: the arguments of a call to add, those of a
/// worker's step that settles them, and its answer that brings them. No server, no socket.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
  private static final int JOBS = 100;

  private final Place place = new Place(new Routes("tg", 1), 0);
  private final List<Store.Ticket> plain = Jobs.tickets(JOBS, false);
  private final List<Store.Ticket> grouped = Jobs.tickets(JOBS, true);
  private final List<Object> answer = answer(grouped);
  private final Store.Claims claims =
      new Store.Claims("worker", List.of("q"), Integer.MAX_VALUE, Duration.ofSeconds(10));
  private final Session.Step step = step(ValkeySession.jobs(answer));

  private static List<Object> answer(List<Store.Ticket> tickets) {
    var flat = new ArrayList<Object>();
    flat.add("q".getBytes(US_ASCII));
    flat.add((long) tickets.size());
    for (var ticket : tickets) {
      flat.add(ticket.id().value().getBytes(US_ASCII));
      flat.add(Jobs.kept(ticket.job()));
      flat.add(new byte[0]);
    }
    return flat;
  }

  private static Session.Step step(List<Job> jobs) {
    var settlements =
        jobs.stream()
            .map(job ->
                new Session.Settlement(job, new Session.Ending.By(Outcome.done()), List.of()))
            .toList();
    return new Session.Step("worker.1", 7, settlements, JOBS);
  }

  private int add(List<Store.Ticket> tickets) {
    var args = new Args();
    var runs = new AddedRuns(args, "", place);
    for (var ticket : tickets) {
      runs.add(1, ticket);
    }
    runs.end();
    return args.size();
  }

  /// Jobs without groups.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public int addPlain() {
    return add(plain);
  }

  /// Jobs of ten groups in turn.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public int addGrouped() {
    return add(grouped);
  }

  /// All of them done, in one step.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public int settle() {
    return new StepCall(Settings.DEFAULT, place, claims, step).args().size();
  }

  /// Claimed jobs, out of the answer.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public List<Job> claimed() {
    return ValkeySession.jobs(answer);
  }
}
