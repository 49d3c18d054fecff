package tg.queue;

import java.util.function.Function;

/// Turns values of one type into payloads and back. Must be thread-safe.
///
/// ```java
/// queues.enqueue(NewJob.of("orders", "ship", ORDER.encode(order)));
/// ...
/// var order = ORDER.decode(job.payload());
/// ```
///
/// One for JSON is in the module `tg.queue.json`: this one needs no other.
///
/// @param <T> the values
public interface Codec<T> {
  /// {@return the value as a payload; best with a content type}
  Payload encode(T value);

  /// {@return the value that was encoded}
  ///
  /// @throws IllegalArgumentException when the payload is not one of such a value; of a job's it is
  ///   a failed attempt like any other
  T decode(Payload payload);

  /// {@return the codec made of two functions}
  static <T> Codec<T> of(Function<T, Payload> encode, Function<Payload, T> decode) {
    return new Codec<>() {
      @Override
      public Payload encode(T value) {
        return encode.apply(value);
      }

      @Override
      public T decode(Payload payload) {
        return decode.apply(payload);
      }
    };
  }

  /// {@return text in UTF-8}
  static Codec<String> text() {
    return of(text -> Payload.of(text).as("text/plain; charset=utf-8"), Payload::text);
  }
}
