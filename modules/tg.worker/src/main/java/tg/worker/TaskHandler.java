package tg.worker;

import java.util.Locale;

/// What an author of a bot writes: it answers tasks of one kind. Found as a service; must be
/// thread-safe.
///
/// ```java
/// public Answer handle(Task task, Progress progress) throws InterruptedException {
///   progress.report(50, "half way");
///   return Answer.text("done");
/// }
/// ```
public interface TaskHandler {
  /// {@return the command it answers, without the slash: 1 to 32 of `a-z 0-9 _`}
  String name();

  /// {@return whether it also answers plain texts and commands that nobody else knows. Of several
  /// that do, one of your own goes before those that come with tg. Default: false}
  default boolean answersText() {
    return false;
  }

  /// {@return whether it also answers documents and photos that come without a command. Only then
  /// does it get the file. Of several that do, one of your own goes before those that come with tg.
  /// Default: false}
  default boolean answersFiles() {
    return false;
  }

  /// {@return whether it computes for long. If so it runs on one of a few platform threads, as many
  /// as there are processors, so that it cannot hold up those that wait for something. Default:
  /// false}
  default boolean computes() {
    return false;
  }

  /// {@return one line for `/help`}
  ///
  /// @param language the reader's
  default String help(Locale language) {
    return "";
  }

  /// Does the task and answers it.
  ///
  /// It may run again after a crash, a failure or a restart; what it changes outside should be safe
  /// to repeat, or be guarded by {@link Task#attempt()}. The thread is interrupted when the task is
  /// canceled, passes its deadline, or the worker stops: end soon then.
  ///
  /// @throws UserError when the person asked for something impossible: its message is the answer,
  ///   nothing is retried
  /// @throws Setback when it did not work this time: it is tried again, and in the end its message
  ///   is the answer
  /// @throws Exception anything else is a fault: it is logged, the task is tried again, and in the
  ///   end the person is told that it failed
  Answer handle(Task task, Progress progress) throws Exception;
}
