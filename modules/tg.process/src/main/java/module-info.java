import org.jspecify.annotations.NullMarked;

/// What every process of tg has: settings from `TG_*` variables ({@link tg.process.Settings}), a
/// beginning and an end ({@link tg.process.Program}), and one-line logging through `System.Logger`.
///
/// @provides System.LoggerFinder which writes human lines, or JSON with `TG_LOG=json`
/// @uses tg.process.Program to find the bot and the worker when they run in one process
@NullMarked
module tg.process {
  requires static transitive org.jspecify;
  requires jdk.unsupported; // sun.misc.Signal: the JDK has no other way to hear a second signal
  requires transitive tg.api;
  requires transitive tg.queue;

  exports tg.process;

  uses tg.process.Program;

  provides System.LoggerFinder with
      tg.process.LineLoggerFinder;
}
