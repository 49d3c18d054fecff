package tg.jlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// A folder that becomes a layer of an image. What is in it depends on what was put there only, not
/// on when, where and by whom. Confined to one thread at a time.
final class FileTree {
  private final Path root;

  private FileTree(Path root) {
    this.root = root;
  }

  /// {@return a tree that is there}
  static FileTree at(Path root) {
    return new FileTree(root);
  }

  /// {@return an empty tree}
  ///
  /// @param root its folder; what was there before is deleted
  static FileTree empty(Path root) {
    try {
      if (Files.exists(root)) {
        try (var all = Files.walk(root)) {
          for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
      }
      Files.createDirectories(root);
      return new FileTree(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path resolve(String path) {
    return root.resolve(path);
  }

  void text(String path, String text) {
    try {
      Files.createDirectories(parent(path));
      Files.writeString(resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void folder(String path) {
    try {
      Files.createDirectories(resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Copies a file; of a link, what it leads to.
  void copy(Path file, String path) {
    try {
      Files.createDirectories(parent(path));
      Files.copy(file.toRealPath(), resolve(path), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(String path) {
    try {
      Files.deleteIfExists(resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return all files and links, in order}
  List<Path> files() {
    try (var all = Files.walk(root)) {
      return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives every file and folder the same time, and permissions that follow from whether it can be
  /// executed; `tmp` is for everybody.
  void settle(Instant time) {
    try (var all = Files.walk(root)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isSymbolicLink(each)) {
          continue;
        }
        var mode = Files.isExecutable(each) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
        if (each.equals(resolve("tmp"))) {
          Files.setAttribute(each, "unix:mode", 01777);
        }
        Files.setLastModifiedTime(each, FileTime.from(time));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return the size of all files, in bytes}
  long size() {
    return files().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private Path parent(String path) {
    var parent = resolve(path).getParent();
    return parent == null ? root : parent;
  }
}
