package tg.bot;

import java.util.ArrayList;
import java.util.List;
import tg.process.Calls;
import tg.process.Exposition;
import tg.process.QueueVitals;
import tg.process.Vitals;

/// How the bot is doing: alive while its intake and its workers run, ready while updates come and
/// the queue answers. Thread-safe.
record BotVitals(Intake intake, Admission admission, QueueVitals queues, Calls calls)
    implements Vitals {
  @Override
  public List<String> faults() {
    var faults = new ArrayList<>(queues.faults());
    intake.fault().ifPresent(faults::add);
    return faults;
  }

  @Override
  public List<String> obstacles() {
    var obstacles = new ArrayList<>(queues.obstacles());
    intake.obstacle().ifPresent(obstacles::add);
    return obstacles;
  }

  @Override
  public void measure(Exposition out) {
    queues.measure(out.program("bot"));
    intake.measure(out);
    admission.updates().write(out);
    admission.dropped().write(out);
    admission.refused().write(out);
    calls.write(out);
  }
}
