package tg.jlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The classes of both programs, loaded and linked ahead of time (a CDS archive with linked
/// classes, JEP 483): they start three times as fast with it. It is one for both, because they
/// share most of their classes, and what both images have is pulled once.
///
/// The JVM makes the same archive from the same list, but for two things: soft references say when
/// they were used last, in milliseconds since the machine was started, and the header has
/// checksums. So it is made twice, and what differs is set to zero, if it is one of the two.
final class ClassCache {
  private static final int HEADER = 4096;

  private ClassCache() {}

  /// The file of classes, in its folder.
  static final String FILE = "cache.jsa";

  /// Makes the cache.
  ///
  /// @param java of the runtime that will use it: the cache is for this one only
  /// @param folder where the modules are, and where it is put
  /// @param arguments the file with the arguments of one of the programs
  static void make(Path java, Path folder, Path arguments, List<String> classes) {
    var list = folder.resolve("classes");
    var cache = folder.resolve(FILE);
    try {
      Files.write(list, classes);
      var times = new long[] {millis(), 0, 0};
      var first = dump(java, folder, arguments);
      times[1] = millis();
      var second = dump(java, folder, arguments);
      times[2] = millis();
      Files.write(cache, settled(first, second, times));
      Files.delete(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] dump(Path java, Path folder, Path arguments) throws IOException {
    Command.run(
        folder,
        List.of(
            java.toString(),
            "-Xshare:dump",
            "-XX:+AOTClassLinking",
            "-XX:SharedClassListFile=classes",
            "-Xlog:disable",
            "@" + arguments));
    return Files.readAllBytes(folder.resolve(FILE));
  }

  /// @param times before the first, between the two, and after the second
  static byte[] settled(byte[] first, byte[] second, long[] times) {
    if (first.length != second.length) {
      throw new BuildError("two caches of the same classes have different sizes");
    }
    var one = ByteBuffer.wrap(first).order(ByteOrder.nativeOrder());
    var other = ByteBuffer.wrap(second).order(ByteOrder.nativeOrder());
    for (int at = 0; at + 8 <= first.length; at += 8) {
      long a = one.getLong(at);
      long b = other.getLong(at);
      if (a == b) {
        continue;
      }
      if (at < HEADER) {
        settleHeader(one, other, at);
      } else if (within(a, times[0], times[1]) && within(b, times[1], times[2])) {
        one.putLong(at, 0);
      } else {
        throw new BuildError(
            "two caches of the same classes differ at %x: %x and %x".formatted(at, a, b));
      }
    }
    return first;
  }

  /// Checksums are four bytes long.
  private static void settleHeader(ByteBuffer one, ByteBuffer other, int at) {
    for (int half = at; half < at + 8; half += 4) {
      if (one.getInt(half) != other.getInt(half)) {
        one.putInt(half, 0);
      }
    }
  }

  private static boolean within(long value, long from, long to) {
    return from <= value && value <= to;
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
