package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Optional;

/// Lenient reading of a JSON object's members: what is absent, `null` or of another type is as good
/// as absent.
final class Fields {
  private Fields() {}

  static Optional<String> text(JsonObject in, String name) {
    return of(in, name).filter(JsonValue::isString).map(JsonValue::asString);
  }

  static Optional<Long> number(JsonObject in, String name) {
    return of(in, name)
        .filter(value -> value.isNumber() || value.isString())
        .map(value -> value.isNumber() ? value.toString() : value.asString())
        .filter(digits -> digits.matches("-?[0-9]{1,18}"))
        .map(Long::valueOf);
  }

  static boolean flag(JsonObject in, String name) {
    return of(in, name).map(value -> value.isTrue() || Args.isTrue(plain(value))).orElse(false);
  }

  static Optional<JsonObject> object(JsonObject in, String name) {
    return of(in, name).filter(JsonValue::isObject).map(JsonValue::asObject);
  }

  static Optional<JsonArray> array(JsonObject in, String name) {
    return of(in, name).filter(JsonValue::isArray).map(JsonValue::asArray);
  }

  static Optional<JsonValue> of(JsonObject in, String name) {
    return Optional.ofNullable(in.get(name)).filter(value -> !value.isNull());
  }

  /// {@return the text of a string, the JSON of anything else}
  static String plain(JsonValue value) {
    return value.isString() ? value.asString() : value.toString();
  }
}
