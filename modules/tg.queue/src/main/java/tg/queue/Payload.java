package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of a job or of a result, and, if wanted, what they are; the queue never looks inside.
/// Immutable; equal when bytes and content type are.
///
/// What was read from the server may be encrypted or compressed; it is opened when its bytes are
/// asked for. If that cannot be done, these methods throw {@link QueueException.Sealed}.
public final class Payload {
  private static final Pattern TYPE = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,126}");

  private final @Nullable Supplier<byte[]> source;
  private final @Nullable String contentType;
  private volatile byte @Nullable [] bytes;

  private Payload(
      @Nullable Supplier<byte[]> source, byte @Nullable [] bytes, @Nullable String contentType) {
    this.source = source;
    this.bytes = bytes;
    this.contentType = contentType;
  }

  /// {@return no bytes}
  public static Payload empty() {
    return own(new byte[0]);
  }

  /// {@return these bytes; copied}
  public static Payload of(byte[] bytes) {
    return own(bytes.clone());
  }

  /// {@return the text in UTF-8}
  public static Payload of(String text) {
    return own(text.getBytes(UTF_8));
  }

  /// Wraps bytes that nobody else holds.
  static Payload own(byte[] bytes) {
    return new Payload(null, bytes, null);
  }

  /// Bytes that are read from the source when they are asked for.
  static Payload lazy(@Nullable String contentType, Supplier<byte[]> source) {
    return new Payload(source, null, contentType);
  }

  /// {@return the same bytes, said to be of that type}
  ///
  /// @param value a media type, for example `application/json`; 1 to 127 printable ASCII characters
  public Payload as(String value) {
    if (!TYPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "content type '" + value + "' must be 1 to 127 printable ASCII characters");
    }
    return new Payload(source, bytes, value);
  }

  /// The bytes themselves, for code that only reads them.
  byte[] raw() {
    var known = bytes;
    if (known != null) {
      return known;
    }
    var opened = source == null ? new byte[0] : source.get();
    bytes = opened;
    return opened;
  }

  /// Finds out now whether it can be opened.
  void open() {
    var _ = raw();
  }

  /// {@return what the bytes are said to be}
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  /// {@return a copy of the bytes}
  public byte[] bytes() {
    return raw().clone();
  }

  /// {@return the bytes read as UTF-8; malformed ones become the replacement character}
  public String text() {
    return new String(raw(), UTF_8);
  }

  /// {@return how many bytes there are}
  public int size() {
    return raw().length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Objects.equals(contentType, that.contentType)
        && Arrays.equals(raw(), that.raw());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw());
  }

  /// {@return the size; the content may be private}
  @Override
  public String toString() {
    var known = bytes;
    return "Payload["
        + (known == null ? "not opened" : known.length + " bytes")
        + (contentType == null ? "" : " " + contentType)
        + "]";
  }
}
