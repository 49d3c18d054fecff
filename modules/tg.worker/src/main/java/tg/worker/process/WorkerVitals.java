package tg.worker.process;

import java.util.List;
import tg.process.Calls;
import tg.process.Exposition;
import tg.process.QueueVitals;
import tg.process.Vitals;

/// How the worker is doing: alive while its threads run, ready while it claims and the queue
/// answers. Thread-safe.
record WorkerVitals(QueueVitals queues, Calls calls) implements Vitals {
  @Override
  public List<String> faults() {
    return queues.faults();
  }

  @Override
  public List<String> obstacles() {
    return queues.obstacles();
  }

  @Override
  public void measure(Exposition out) {
    queues.measure(out.program("worker"));
    calls.write(out);
  }
}
