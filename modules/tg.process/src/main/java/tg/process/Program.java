package tg.process;

import java.time.Duration;
import java.util.ServiceLoader;

/// A process of tg that can be started: the bot or the worker. As a service it can be found by its
/// name, so that both can also run in one process without either module exporting anything.
public interface Program {
  /// {@return `bot` or `worker`}
  String name();

  /// Starts it.
  ///
  /// @return the running program, which the caller must stop
  /// @throws RuntimeException when it cannot start; the message says what to do
  Running start(Settings settings);

  /// A program that runs.
  interface Running {
    /// Stops taking new work, finishes what it can by the deadline and gives back the rest. Returns
    /// when it has stopped.
    void stop(Duration deadline);

    /// Somebody cannot wait for the deadline: lets a {@link #stop} that is under way interrupt what
    /// still runs, and give it back, at once.
    void hurry();

    /// {@return how it is doing}
    Vitals vitals();
  }

  /// {@return the program of that name}
  ///
  /// @throws IllegalStateException when its module is not on the module path
  static Program named(String name) {
    return ServiceLoader.load(Program.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("module tg." + name + " is not on the module path"));
  }
}
