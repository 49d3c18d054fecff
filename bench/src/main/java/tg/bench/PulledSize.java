package tg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What has to be fetched for an image: its layers, each compressed by itself, as a registry keeps
/// them.
final class PulledSize {
  private static final Pattern LAYER = Pattern.compile("[0-9a-f]{64}\\.tar");

  /// The size of each layer compressed by zstd -19 and by gzip -9, by its digest.
  private final Map<String, long[]> layers = new TreeMap<>();

  private final Path folder;

  PulledSize(Path folder) {
    this.folder = folder;
  }

  /// {@return the layers of the images together, in MiB: by zstd -19, and by gzip -9}
  double[] mib(List<String> images) throws IOException {
    var digests = new TreeSet<String>();
    for (var image : images) {
      digests.addAll(layers(image));
    }
    var sum = new double[2];
    for (var digest : digests) {
      var sizes = layers.getOrDefault(digest, new long[2]);
      sum[0] += sizes[0] / 1048576.0;
      sum[1] += sizes[1] / 1048576.0;
    }
    return sum;
  }

  private Set<String> layers(String image) throws IOException {
    var saved = Files.createTempDirectory(folder, "image");
    var archive = saved.resolve("archive.tar");
    Container.output(List.of("podman", "save", "--quiet", "--output=" + archive, image));
    Container.output(List.of("tar", "-C", saved.toString(), "-xf", archive.toString()));
    var digests = new TreeSet<String>();
    var names = LAYER.matcher(Files.readString(saved.resolve("manifest.json")));
    while (names.find()) {
      var layer = saved.resolve(names.group());
      if (digests.add(names.group()) && !layers.containsKey(names.group())) {
        layers.put(
            names.group(), new long[] {size(layer, "zstd", "-19"), size(layer, "gzip", "-9")});
      }
    }
    return digests;
  }

  private static long size(Path layer, String program, String level) throws IOException {
    var process =
        new ProcessBuilder(program, level, "-q", "-c", layer.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.getInputStream()) {
      return out.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
