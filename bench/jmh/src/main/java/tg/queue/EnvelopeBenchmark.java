package tg.queue;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A job to and from the bytes that the server keeps.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {
  private final NewJob plain = Jobs.plain();
  private final NewJob rich = Jobs.rich();
  private final Job.Tries tries = new Job.Tries(1, 0, 0);
  private final JobId id = new JobId("01M875XFPH9XDWP3NTPMR7B91H");
  private final byte[] plainBytes = Jobs.kept(plain);
  private final byte[] richBytes = Jobs.kept(rich);

  /// Queue, type, 100 bytes.
  @Benchmark
  public byte[] write() {
    return Envelope.write(plain);
  }

  /// Also a group, two headers and a timeout.
  @Benchmark
  public byte[] writeRich() {
    return Envelope.write(rich);
  }

  /// As it is claimed.
  @Benchmark
  public Job read() {
    return new Envelope(plainBytes, 0).job(id, "q", tries);
  }

  /// As it is claimed.
  @Benchmark
  public Job readRich() {
    return new Envelope(richBytes, 0).job(id, "q", tries);
  }
}
