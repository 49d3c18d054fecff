package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The bytes of a job or of a result; the queue never looks inside. Immutable; equal when the bytes
/// are.
public final class Payload {
  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /// {@return no bytes}
  public static Payload empty() {
    return new Payload(new byte[0]);
  }

  /// {@return these bytes; copied}
  public static Payload of(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  /// {@return the text in UTF-8}
  public static Payload of(String text) {
    return new Payload(text.getBytes(UTF_8));
  }

  /// Wraps bytes that nobody else holds.
  static Payload own(byte[] bytes) {
    return new Payload(bytes);
  }

  /// The bytes themselves, for code that only reads them.
  byte[] raw() {
    return bytes;
  }

  /// {@return a copy of the bytes}
  public byte[] bytes() {
    return bytes.clone();
  }

  /// {@return the bytes read as UTF-8; malformed ones become the replacement character}
  public String text() {
    return new String(bytes, UTF_8);
  }

  /// {@return how many bytes there are}
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// {@return the size; the content may be private}
  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
