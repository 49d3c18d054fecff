package tg.process;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Writes events of one name, from one level upwards, a line each. Thread-safe: a line is printed
/// whole.
final class LineLogger implements System.Logger {
  private final String name;
  private final Level lowest;
  private final LineFormat format;
  private final PrintStream out;

  LineLogger(String name, Level lowest, LineFormat format, PrintStream out) {
    this.name = name;
    this.lowest = lowest;
    this.format = format;
    this.out = out;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level != Level.OFF && level.getSeverity() >= lowest.getSeverity();
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      var text = new LineFormat.Text(String.valueOf(message), thrown);
      out.println(format.line(Instant.now(), level, name, text));
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String pattern,
      @Nullable Object... values) {
    if (isLoggable(level)) {
      var message = String.valueOf(pattern);
      log(
          level,
          bundle,
          values == null || values.length == 0 ? message : MessageFormat.format(message, values),
          (Throwable) null);
    }
  }
}
