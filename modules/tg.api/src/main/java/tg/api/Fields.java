package tg.api;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON object that is read with suspicion: what has the wrong type, or is missing, is {@link
/// Malformed} and named by its path.
///
/// @param path where the object is, for messages
/// @param json the object
record Fields(String path, JsonObject json) {

  static Fields of(String path, JsonValue value) {
    if (value instanceof JsonObject object) {
      return new Fields(path, object);
    }
    throw new Malformed(path + " is not an object");
  }

  boolean has(String name) {
    var value = json.get(name);
    return value != null && !value.isNull();
  }

  Fields object(String name) {
    return of(path(name), required(name));
  }

  @Nullable Fields objectOrNull(String name) {
    return has(name) ? object(name) : null;
  }

  List<Fields> objects(String name) {
    if (!has(name)) {
      return List.of();
    }
    if (!(json.get(name) instanceof JsonArray array)) {
      throw new Malformed(path(name) + " is not an array");
    }
    var all = new ArrayList<Fields>(array.size());
    for (var value : array) {
      all.add(of(path(name) + "[" + all.size() + "]", value));
    }
    return List.copyOf(all);
  }

  long whole(String name) {
    var value = required(name);
    try {
      return value.asLong();
    } catch (NumberFormatException | UnsupportedOperationException _) {
      throw new Malformed(path(name) + " is not a whole number of 64 bits");
    }
  }

  long wholeOr(String name, long otherwise) {
    return has(name) ? whole(name) : otherwise;
  }

  int small(String name) {
    long value = whole(name);
    if (value != (int) value) {
      throw new Malformed(path(name) + " is not a whole number of 32 bits");
    }
    return (int) value;
  }

  String word(String name) {
    var value = required(name);
    if (!value.isString()) {
      throw new Malformed(path(name) + " is not a string");
    }
    return value.asString();
  }

  String wordOrEmpty(String name) {
    return has(name) ? word(name) : "";
  }

  boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    var value = json.get(name);
    if (!value.isBoolean()) {
      throw new Malformed(path(name) + " is neither true nor false");
    }
    return value.asBoolean();
  }

  private JsonValue required(String name) {
    if (!has(name)) {
      throw new Malformed(path(name) + " is missing");
    }
    return json.get(name);
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
