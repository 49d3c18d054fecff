import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipInputStream;

/// Fetches, verifies (SHA-512) and unpacks the Maven distribution named by a properties file.
///
/// Usage: `java FetchMaven.java maven-wrapper.properties TARGET`. Two at once are safe: each unpacks
/// beside the target and the rename decides. A crash leaves a `.part` folder that nothing reads.
void main(String[] args) throws Exception {
  var properties = new Properties();
  try (var in = Files.newBufferedReader(Path.of(args[0]))) {
    properties.load(in);
  }
  var target = Path.of(args[1]).toAbsolutePath();
  var project = "maven.apache.org";
  var repository = System.getenv().getOrDefault("MVNW_REPOURL", "https://repo." + project + "/maven2");
  var address = URI.create(repository + "/" + properties.getProperty("distributionPath"));
  IO.println("Fetching " + address);
  var client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  var reply = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
  if (reply.statusCode() != 200) {
    throw new IllegalStateException(address + " answered " + reply.statusCode());
  }
  var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(reply.body()));
  if (!digest.equals(properties.getProperty("distributionSha512"))) {
    throw new IllegalStateException(address + " has SHA-512 " + digest + ", which is not the one expected");
  }
  Files.createDirectories(target.getParent());
  var part = Files.createTempDirectory(target.getParent(), ".part");
  try (var zip = new ZipInputStream(new java.io.ByteArrayInputStream(reply.body()))) {
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      var inside = Path.of(entry.getName());
      if (entry.isDirectory() || inside.getNameCount() < 2) {
        continue;
      }
      var file = part.resolve(inside.subpath(1, inside.getNameCount())).normalize();
      if (!file.startsWith(part)) {
        throw new IllegalStateException("unsafe path in archive: " + entry.getName());
      }
      Files.createDirectories(file.getParent());
      Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
  part.resolve("bin/mvn").toFile().setExecutable(true, false);
  Files.createFile(part.resolve(".complete"));
  if (!Files.exists(target)) {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
