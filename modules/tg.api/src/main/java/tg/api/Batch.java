package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A reply to `getUpdates`, cut into its updates before anything is decoded, so that each stands or
/// falls by itself.
///
/// @param envelope the reply with its list of updates left empty
/// @param updates the JSON text of each update
record Batch(String envelope, List<String> updates) {
  private static final int RAW_LIMIT = 64 * 1024;

  /// Many times what Telegram nests, and far from what overflows a small stack.
  private static final int NESTING_LIMIT = 200;

  /// {@return the reply's parts; a body that is not a JSON object is all envelope}
  static Batch cut(String body) {
    try {
      return cutObject(body);
    } catch (Malformed _) {
      return new Batch(body, List.of());
    }
  }

  private static Batch cutObject(String body) {
    for (var member : JsonText.members(body)) {
      if (member.name().equals("result") && body.charAt(member.from()) == '[') {
        var elements = JsonText.elements(body.substring(member.from(), member.to()));
        return new Batch(
            body.substring(0, member.from()) + "[]" + body.substring(member.to()), elements);
      }
    }
    return new Batch(body, List.of());
  }

  /// {@return every update, in order}
  ///
  /// @param offset the first id that was asked for: what an update is taken for when nothing tells
  ///   its id, so that even it gets confirmed
  List<Update> decode(long offset) {
    var all = new ArrayList<Update>(updates.size());
    long expected = firstId(offset);
    for (var raw : updates) {
      var update = decode(raw, expected);
      all.add(update);
      expected = update.id() + 1;
    }
    return List.copyOf(all);
  }

  static Update decode(String raw, long expected) {
    try {
      int depth = JsonText.depth(raw);
      if (depth > NESTING_LIMIT) {
        throw new Malformed("nested " + depth + " deep");
      }
      return UpdateReader.update(Fields.of("", Json.parse(raw)));
    } catch (Malformed e) {
      return unreadable(raw, e.reason(), expected);
    } catch (ParseException e) {
      return unreadable(raw, "not JSON: " + e.getMessage(), expected);
    }
  }

  private static Update unreadable(String raw, String reason, long expected) {
    var id = id(raw);
    return new Update.Unreadable(
        id.orElse(expected),
        id.isPresent() ? reason : reason + "; taken for number " + expected,
        beginning(raw));
  }

  /// Telegram numbers updates one after the other: counts back from the first that has a number.
  private long firstId(long offset) {
    for (int i = 0; i < updates.size(); i++) {
      var id = id(updates.get(i));
      if (id.isPresent()) {
        return id.getAsLong() - i;
      }
    }
    return Math.max(0, offset);
  }

  private static OptionalLong id(String raw) {
    try {
      for (var member : JsonText.members(raw)) {
        if (member.name().equals("update_id")) {
          return OptionalLong.of(Long.parseLong(raw.substring(member.from(), member.to())));
        }
      }
    } catch (Malformed | NumberFormatException _) {
      // Then it has none that we can read.
    }
    return OptionalLong.empty();
  }

  private static String beginning(String raw) {
    var bytes = raw.getBytes(UTF_8);
    if (bytes.length <= RAW_LIMIT) {
      return raw;
    }
    int end = RAW_LIMIT;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }
}
