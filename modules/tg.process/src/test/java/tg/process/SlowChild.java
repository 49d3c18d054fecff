package tg.process;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import tg.queue.Job;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;

/// A process that runs one job, for ever unless it is interrupted. Says what happens.
final class SlowChild implements Program {
  private SlowChild() {}

  static void main() {
    Main.run(new SlowChild());
  }

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public Running start(Settings settings) {
    var queues = Queues.inMemory(InstantSource.system());
    var worker = queues.worker("q").start(SlowChild::runForEver);
    queues.enqueue(NewJob.of("q", "t", Payload.empty()));
    return new Slow(worker);
  }

  private static Outcome runForEver(Job job) throws InterruptedException {
    System.out.println("running");
    try {
      new CountDownLatch(1).await();
      return Outcome.done();
    } catch (InterruptedException e) {
      System.out.println("interrupted");
      throw e;
    }
  }

  private record Slow(Worker worker) implements Running {
    @Override
    public void stop(Duration deadline) {
      System.out.println("stopping");
      worker.drain(deadline);
      System.out.println("stopped");
    }

    @Override
    public void hurry() {
      worker.drain(Duration.ZERO);
    }

    @Override
    public Vitals vitals() {
      return new Vitals() {
        @Override
        public List<String> faults() {
          return List.of();
        }

        @Override
        public List<String> obstacles() {
          return List.of();
        }

        @Override
        public void measure(Exposition out) {}
      };
    }
  }
}
