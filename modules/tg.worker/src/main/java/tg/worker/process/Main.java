package tg.worker.process;

/// Runs the worker process: `java -m tg.worker/tg.worker.process.Main`.
final class Main {
  private Main() {}

  /// Settings come from `TG_*` variables, see {@link tg.process.Settings}.
  static void main(String[] args) {
    tg.process.Main.run(new WorkerProgram());
  }
}
