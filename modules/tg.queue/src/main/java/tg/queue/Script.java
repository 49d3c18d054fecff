package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the server is asked to do in one atomic step; each is a file in Lua, put together with the
/// parts that it says it uses. Immutable.
enum Script {
  ACQUIRE,
  ADD,
  CANCEL,
  CLOSED,
  COUNTS,
  CREW,
  DELETE,
  DISMISS,
  EVENTS,
  EXTEND,
  FIGURES,
  FIND,
  GATE,
  HALT,
  HOLD,
  LINGERING,
  LIMIT,
  LIMITS,
  LIST,
  NEXT,
  NOTE,
  NOTES,
  OPEN,
  PARCELS,
  PARTITIONS,
  REAP,
  RECEIVE,
  RECEIVED,
  RECOUNT,
  REFUSED,
  REGISTER,
  RELEASE,
  RENEW,
  REPORT,
  REQUEUE,
  RESIGN,
  SCHEDULE,
  SCHEDULES,
  SELECT,
  SWEEP,
  TICK,
  UNSCHEDULE,
  VERIFY,
  WAKE,
  WATCH;

  private final String source;
  private final String digest;

  Script() {
    var main = read(name().toLowerCase(Locale.ROOT));
    var whole = new StringBuilder();
    var end = new StringBuilder();
    var uses = Pattern.compile("(?m)^-- Uses: (.+)$").matcher(main);
    if (uses.find()) {
      for (var part : uses.group(1).split(", ", -1)) {
        whole.append(read(part));
        if (outer(part)) {
          whole.append("return (function()\n");
          end.append("end)()\n");
        }
      }
    }
    source = whole.append(main).append(end).toString();
    try {
      var sha1 = MessageDigest.getInstance("SHA-1").digest(source.getBytes(UTF_8));
      digest = HexFormat.of().formatHex(sha1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /// What follows these parts is in a function of its own. To capture a local, Lua looks for it
  /// among all captured ones of the same function, one by one, and these are captured by nearly
  /// every function of the others: so a third of what it costs to begin a script is saved.
  private static boolean outer(String part) {
    return part.equals("base") || part.equals("ends");
  }

  /// The text to load.
  byte[] source() {
    return source.getBytes(UTF_8);
  }

  /// The name that the server gives it, in hexadecimal.
  byte[] digest() {
    return digest.getBytes(UTF_8);
  }

  private static String read(String name) {
    try (var in = Script.class.getResourceAsStream("lua/" + name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("lua/" + name + ".lua is not in the module");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
