package tg.queue.json;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, read strictly: what is missing or of another kind is an {@link
/// IllegalArgumentException} that names its place, as in `order.items[2].name`. A field that is
/// null is missing. Immutable, as long as nobody changes the object.
public final class JsonFields {
  private final String place;
  private final JsonObject object;

  JsonFields(String place, JsonObject object) {
    this.place = place;
    this.object = object;
  }

  /// {@return whether the field is there, and not null}
  public boolean has(String name) {
    return find(name) != null;
  }

  /// {@return the field, a string}
  public String text(String name) {
    return read(name, "a string", JsonValue::isString, JsonValue::asString);
  }

  /// {@return the field, a whole number}
  public long whole(String name) {
    var value = read(name, "a whole number", JsonValue::isNumber, Function.identity());
    try {
      return Long.parseLong(value.toString());
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number of 64 bits");
    }
  }

  /// {@return the field, a number}
  public double number(String name) {
    return read(name, "a number", JsonValue::isNumber, JsonValue::asDouble);
  }

  /// {@return the field, true or false}
  public boolean flag(String name) {
    return read(name, "true or false", JsonValue::isBoolean, JsonValue::asBoolean);
  }

  /// {@return the field, a time as ISO 8601 has it in UTC, such as `2026-11-24T20:00:00Z`}
  public Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw wrong(name, "a time such as 2026-11-24T20:00:00Z");
    }
  }

  /// {@return the field, one of the names of the enumeration}
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    try {
      return Enum.valueOf(type, text(name));
    } catch (IllegalArgumentException e) {
      throw wrong(name, "one of " + List.of(type.getEnumConstants()));
    }
  }

  /// {@return the field, an object}
  public <T> T object(String name, Function<JsonFields, T> read) {
    var value = read(name, "an object", JsonValue::isObject, JsonValue::asObject);
    return read.apply(new JsonFields(placeOf(name), value));
  }

  /// {@return what is read of the fields, if the field is there and not null}
  ///
  /// ```java
  /// fields.optional("note", JsonFields::text)
  /// ```
  public <T> Optional<T> optional(String name, Reader<T> read) {
    return has(name) ? Optional.of(read.read(this, name)) : Optional.empty();
  }

  /// {@return the field, a list of which each element is read like a field}
  ///
  /// ```java
  /// fields.list("items", JsonFields::text)
  /// fields.list("parts", (part, at) -> part.object(at, PART))
  /// ```
  public <T> List<T> list(String name, Reader<T> read) {
    var array = read(name, "a list", JsonValue::isArray, JsonValue::asArray);
    var values = new ArrayList<T>();
    for (int i = 0; i < array.size(); i++) {
      var at = name + "[" + i + "]";
      values.add(read.read(new JsonFields(place, Json.object().add(at, array.get(i))), at));
    }
    return List.copyOf(values);
  }

  /// {@return the values as a list, to be written}
  public static <T> JsonArray array(List<T> values, Function<T, JsonValue> write) {
    var array = new JsonArray();
    values.forEach(value -> array.add(write.apply(value)));
    return array;
  }

  /// Reads a field.
  ///
  /// @param <T> what it is
  @FunctionalInterface
  public interface Reader<T> {
    /// {@return the field of that name}
    T read(JsonFields fields, String name);
  }

  private interface Kind {
    boolean is(JsonValue value);
  }

  private <T> T read(String name, String what, Kind kind, Function<JsonValue, T> as) {
    var value = find(name);
    if (value == null) {
      throw new IllegalArgumentException(placeOf(name) + " is missing; it must be " + what);
    }
    if (!kind.is(value)) {
      throw wrong(name, what);
    }
    return as.apply(value);
  }

  private @Nullable JsonValue find(String name) {
    var value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(placeOf(name) + " must be " + what);
  }

  private String placeOf(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
