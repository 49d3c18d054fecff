package tg.worker.process;

import tg.process.HealthProbe;

/// Runs the worker process: `java -m tg.worker/tg.worker.process.Main`.
final class Main {
  private Main() {}

  /// Settings come from `TG_*` variables, see {@link tg.process.Settings}.
  ///
  /// @param args `--live` or `--ready` asks the worker process that runs on this machine how it is
  static void main(String[] args) {
    HealthProbe.run(args);
    tg.process.Main.run(new WorkerProgram());
  }
}
