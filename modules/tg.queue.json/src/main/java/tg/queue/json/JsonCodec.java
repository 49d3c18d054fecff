package tg.queue.json;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.util.function.Function;
import tg.queue.Codec;
import tg.queue.Payload;

/// Values of one type as JSON objects in payloads of the content type `application/json`. Without
/// reflection: two functions say which field is what. Thread-safe, if these are.
///
/// ```java
/// record Order(String id, long cents, List<String> items) {}
///
/// static final Codec<Order> ORDER =
///     JsonCodec.of(
///         order ->
///             Json.object()
///                 .add("id", order.id())
///                 .add("cents", order.cents())
///                 .add("items", JsonFields.array(order.items(), Json::value)),
///         fields ->
///             new Order(
///                 fields.text("id"), fields.whole("cents"), fields.list("items", JsonFields::text)));
/// ```
///
/// @param <T> the values
public final class JsonCodec<T> implements Codec<T> {
  /// The content type of what is encoded.
  public static final String CONTENT_TYPE = "application/json";

  private final Function<T, JsonObject> write;
  private final Function<JsonFields, T> read;

  private JsonCodec(Function<T, JsonObject> write, Function<JsonFields, T> read) {
    this.write = write;
    this.read = read;
  }

  /// {@return the codec of the two functions}
  ///
  /// @param write gives the fields of a value
  /// @param read makes a value of its fields; those that it does not ask for are ignored, so that
  ///   old processes can read what new ones write
  public static <T> JsonCodec<T> of(Function<T, JsonObject> write, Function<JsonFields, T> read) {
    return new JsonCodec<>(write, read);
  }

  @Override
  public Payload encode(T value) {
    return Payload.of(write.apply(value).toString()).as(CONTENT_TYPE);
  }

  /// {@return the value}
  ///
  /// @throws IllegalArgumentException when the payload is of another content type, is no JSON
  ///   object, or a field is missing or of another kind; the message says which, and has no values
  @Override
  public T decode(Payload payload) {
    payload
        .contentType()
        .filter(type -> !type.equals(CONTENT_TYPE))
        .ifPresent(type -> {
          throw new IllegalArgumentException(
              "a payload of " + CONTENT_TYPE + " was expected, not of " + type);
        });
    return read.apply(new JsonFields("", object(payload.text())));
  }

  private static JsonObject object(String text) {
    try {
      var value = Json.parse(text);
      if (value.isObject()) {
        return value.asObject();
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException("the payload is not JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("the payload is JSON, but not an object");
  }
}
