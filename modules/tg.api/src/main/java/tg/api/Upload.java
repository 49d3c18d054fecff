package tg.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that goes to Telegram: one on disk, or bytes in memory. Immutable.
public final class Upload {
  private final String name;
  private final @Nullable Path path;
  private final byte[] bytes;

  private Upload(String name, @Nullable Path path, byte[] bytes) {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
  }

  /// {@return a file on disk, under another name}
  public static Upload of(String name, Path path) {
    return new Upload(name, path, new byte[0]);
  }

  /// {@return bytes in memory, which must not be changed any more}
  ///
  /// @param name under which name the receiver sees them
  public static Upload of(String name, byte[] bytes) {
    return new Upload(name, null, bytes);
  }

  /// {@return under which name the receiver sees it}
  public String name() {
    return name;
  }

  /// Where it is on disk; null when it is in memory.
  @Nullable Path path() {
    return path;
  }

  byte[] bytes() {
    return bytes;
  }

  /// {@return the name; the content may be private}
  @Override
  public String toString() {
    return "Upload[" + name + "]";
  }
}
