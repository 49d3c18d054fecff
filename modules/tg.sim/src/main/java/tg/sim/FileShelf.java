package tg.sim;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The files that were sent; the oldest go when all together exceed 512 MiB. Guarded by the
/// [World]'s lock.
final class FileShelf {
  private static final long KEPT_BYTES = 512L << 20;

  private final Map<String, StoredFile> files = new LinkedHashMap<>();
  private int number;
  private long bytes;

  StoredFile document(Upload upload) {
    return keep(upload, ImageSize.NONE);
  }

  /// {@return the picture, or empty if it is not one}
  Optional<StoredFile> photo(Upload upload) {
    ImageSize size = ImageSize.of(upload.bytes());
    return size.width() > 0 && size.height() > 0
        ? Optional.of(keep(upload, size))
        : Optional.empty();
  }

  private StoredFile keep(Upload upload, ImageSize size) {
    StoredFile file = new StoredFile(++number, upload.name(), upload.mime(), upload.bytes(), size);
    files.put(file.uniqueId(), file);
    bytes += file.bytes().length;
    Iterator<StoredFile> oldest = files.values().iterator();
    while (bytes > KEPT_BYTES && files.size() > 1) {
      bytes -= oldest.next().bytes().length;
      oldest.remove();
    }
    return file;
  }

  Optional<StoredFile> byUniqueId(String uniqueId) {
    return Optional.ofNullable(files.get(uniqueId));
  }

  Optional<StoredFile> byFileId(String fileId) {
    return first(file -> file.fileId().equals(fileId));
  }

  Optional<StoredFile> byPath(String path) {
    return first(file -> file.path().equals(path));
  }

  private Optional<StoredFile> first(Predicate<StoredFile> test) {
    return files.values().stream().filter(test).findFirst();
  }

  void clear() {
    files.clear();
    bytes = 0;
  }
}
