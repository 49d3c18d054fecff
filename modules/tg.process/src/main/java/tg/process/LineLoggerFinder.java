package tg.process;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gives every module of ours a logger that writes one line an event to standard error.
///
/// `TG_LOG=json` makes the lines JSON; `TG_LOG_LEVEL` is the lowest level written: error, warning,
/// info (default) or debug. Modules of others are heard from warning upwards. Thread-safe.
public final class LineLoggerFinder extends System.LoggerFinder {
  private final Map<String, System.Logger> loggers = new ConcurrentHashMap<>();
  private final LineFormat format;
  private final System.Logger.Level level;
  private final PrintStream out;

  /// Called by the JDK.
  public LineLoggerFinder() {
    this(System.getenv(), System.err);
  }

  LineLoggerFinder(Map<String, String> variables, PrintStream out) {
    this.format = "json".equals(variables.get("TG_LOG")) ? LineFormat.JSON : LineFormat.TEXT;
    this.level =
        switch (variables.getOrDefault("TG_LOG_LEVEL", "").toLowerCase(Locale.ROOT)) {
          case "error" -> System.Logger.Level.ERROR;
          case "warning" -> System.Logger.Level.WARNING;
          case "debug" -> System.Logger.Level.DEBUG;
          default -> System.Logger.Level.INFO;
        };
    this.out = out;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return loggers.computeIfAbsent(
        name,
        key ->
            new LineLogger(
                key, key.startsWith("tg.") ? level : System.Logger.Level.WARNING, format, out));
  }
}
