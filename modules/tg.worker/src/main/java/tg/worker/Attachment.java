package tg.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file to be sent: one on disk, or bytes in memory. Immutable.
public final class Attachment {
  private final String name;
  private final @Nullable Path path;
  private final byte[] bytes;

  private Attachment(String name, @Nullable Path path, byte[] bytes) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a file needs a name");
    }
    this.name = name;
    this.path = path;
    this.bytes = bytes;
  }

  /// {@return a file on disk, under its own name; it is read when the handler has returned}
  public static Attachment of(Path path) {
    return new Attachment(String.valueOf(path.getFileName()), path, new byte[0]);
  }

  /// {@return bytes in memory; copied}
  ///
  /// @param name under which name the person sees them; not blank
  public static Attachment of(String name, byte[] bytes) {
    return new Attachment(name, null, bytes.clone());
  }

  /// {@return under which name the person sees it}
  public String name() {
    return name;
  }

  /// {@return the content}
  ///
  /// @param limit bytes
  /// @throws IOException when it cannot be read, or is larger than the limit
  public byte[] read(long limit) throws IOException {
    long size = path == null ? bytes.length : Files.size(path);
    if (size > limit) {
      throw new IOException(name + " has " + size + " bytes, which is more than " + limit);
    }
    return path == null ? bytes.clone() : Files.readAllBytes(path);
  }

  /// {@return the name; the content may be private}
  @Override
  public String toString() {
    return "Attachment[" + name + "]";
  }
}
