package tg.jlink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A jar as it is in an image: its classes are {@link ReadyMade}, and nothing is compressed,
/// because the layer is compressed anyway, and better. Immutable.
///
/// @param entries the files in it, by name
record ModuleJar(SortedMap<String, byte[]> entries) {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  static ModuleJar read(Path jar) {
    var entries = new TreeMap<String, byte[]>();
    try (var file = new ZipFile(jar.toFile())) {
      for (var entry : file.stream().toList()) {
        if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/maven/")) {
          entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModuleJar(entries);
  }

  /// {@return what is known of the classes of these jars, and of the JDK's}
  static ClassHierarchyResolver hierarchy(Collection<ModuleJar> jars) {
    Map<String, byte[]> classes = new HashMap<>();
    jars.forEach(jar -> classes.putAll(jar.entries));
    return ClassHierarchyResolver.ofResourceParsing(
            type -> {
              var name = type.descriptorString();
              var bytes = classes.get(name.substring(1, name.length() - 1) + ".class");
              return bytes == null ? null : new ByteArrayInputStream(bytes);
            })
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  void write(Path file, ClassHierarchyResolver hierarchy) {
    try {
      Files.createDirectories(file.getParent());
      try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
        out.setMethod(ZipOutputStream.STORED);
        for (var each : entries.entrySet()) {
          var name = each.getKey();
          boolean isClass = name.endsWith(".class") && !name.endsWith("module-info.class");
          put(out, name, isClass ? ReadyMade.of(each.getValue(), hierarchy) : each.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    var sum = new CRC32();
    sum.update(bytes);
    entry.setCrc(sum.getValue());
    entry.setSize(bytes.length);
    entry.setTimeLocal(TIME);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
