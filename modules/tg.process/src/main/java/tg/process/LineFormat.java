package tg.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How a log event becomes one line.
enum LineFormat {
  /// For people: local time, level, logger, message; a stack trace follows indented.
  TEXT {
    @Override
    String line(Instant at, Level level, String logger, Text text) {
      var line = new StringBuilder(128);
      CLOCK.formatTo(at.atZone(ZoneId.systemDefault()), line);
      line.append(' ').append(WIDTH, 0, Math.max(0, 7 - level.getName().length()));
      line.append(level.getName()).append(' ').append(logger).append(": ").append(text.message());
      if (text.thrown() != null) {
        line.append(System.lineSeparator()).append("    ");
        line.append(trace(text.thrown()).strip().replace("\n", "\n    "));
      }
      return line.toString();
    }
  },
  /// For machines: one JSON object a line.
  JSON {
    @Override
    String line(Instant at, Level level, String logger, Text text) {
      var line = new StringBuilder(160).append("{\"at\":\"").append(at).append("\",\"level\":\"");
      line.append(level.getName()).append("\",\"logger\":");
      quote(logger, line);
      line.append(",\"message\":");
      quote(text.message(), line);
      if (text.thrown() != null) {
        line.append(",\"error\":");
        quote(trace(text.thrown()), line);
      }
      return line.append('}').toString();
    }
  };

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final String WIDTH = "       ";

  /// What is said.
  record Text(String message, @Nullable Throwable thrown) {}

  abstract String line(Instant at, Level level, String logger, Text text);

  private static String trace(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '\u2028' || c == '\u2029') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
