package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Encrypted connections to a real server, which shows its certificate and wants to see ours.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class TlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir private static Path keys = Path.of("");
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private int port;

  @BeforeAll
  static void makeIdentities() throws IOException {
    makeIdentity("server", "EC", "san=ip:127.0.0.1");
    makeIdentity("client", "RSA", "san=dns:client");
    makeIdentity("stranger", "EC", "san=ip:127.0.0.1");
  }

  @BeforeEach
  void startServer() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    keep(
        ServerProcess.start(
                binary,
                folder.resolve("data"),
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                file("server.pem"),
                "--tls-key-file",
                file("server.key"),
                "--tls-ca-cert-file",
                file("client.pem"))
            .dyingWithJvm());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void jobsTravelEncryptedAndBothSidesAreKnown() {
    var queues = open("127.0.0.1", "?ca=" + file("server.pem") + identity("client"));
    keep(queues.worker("q").start(job -> Outcome.done()));
    queues.enqueue(NewJob.of("q", "t", Payload.of("x")));
    Waiting.until("it is done", () -> queues.queue("q").counts().finished() == 1);
    assertTrue(queues.server().contains("valkeys://"), queues.server());
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForIsDeniedAtOnce() {
    denied("127.0.0.1", identity("client").replaceFirst("&", "?"), "certificates");
    denied("127.0.0.1", "?ca=" + file("stranger.pem") + identity("client"), "certificates");
  }

  @Test
  void aCertificateForAnotherHostIsDeniedAtOnce() {
    denied("localhost", "?ca=" + file("server.pem") + identity("client"), "localhost");
  }

  @Test
  void thatAServerDoesNotKnowUsIsSaid() {
    for (var who : List.of("", identity("stranger"))) {
      var uri = URI.create("valkeys://127.0.0.1:" + port + "?ca=" + file("server.pem") + who);
      var builder = Queues.builder().server(uri).patience(Duration.ofSeconds(4));
      // Denied, or Unavailable: the server's last words may get lost with the connection.
      var error = assertThrows(QueueException.class, builder::open);
      var text = String.valueOf(error.getMessage());
      assertTrue(text.contains("cert and key"), text);
    }
  }

  @Test
  void aFileThatIsMissingOrNoKeyIsNamed() {
    denied("127.0.0.1", "?ca=" + file("missing.pem"), "missing.pem");
    var options = "?ca=" + file("server.pem") + "&cert=" + file("client.pem") + "&key=";
    denied("127.0.0.1", options + file("client.pem"), "openssl pkcs8");
    assertThrows(
        IllegalArgumentException.class, () -> open("127.0.0.1", "?cert=" + file("client.pem")));
  }

  @Test
  void certificatesMayBeRenewedWhileWeRun() throws IOException {
    var ca = folder.resolve("ca.pem");
    Files.copy(keys.resolve("server.pem"), ca);
    var queues = open("127.0.0.1", "?ca=" + ca + identity("client"));
    Files.copy(keys.resolve("stranger.pem"), ca, StandardCopyOption.REPLACE_EXISTING);
    queues.ping();
    disconnect();
    assertThrows(QueueException.Denied.class, queues::ping);
    Files.copy(keys.resolve("server.pem"), ca, StandardCopyOption.REPLACE_EXISTING);
    queues.ping();
  }

  @Test
  void plainTextToAnEncryptedPortIsNotTakenForAnything() {
    var builder =
        Queues.builder()
            .server(URI.create("valkey://127.0.0.1:" + port))
            .patience(Duration.ofMillis(300));
    assertThrows(QueueException.Unavailable.class, builder::open);
  }

  private void denied(String host, String options, String word) {
    long from = System.nanoTime();
    var error = assertThrows(QueueException.Denied.class, () -> open(host, options), options);
    assertTrue(System.nanoTime() - from < PATIENCE.toNanos() / 2, "at once");
    var text = String.valueOf(error.getMessage());
    assertTrue(text.contains(word), text);
  }

  private void disconnect() {
    var server = (ServerProcess) opened.getFirst();
    try (var wire = new Wire(server.uri())) {
      wire.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }
  }

  private Queues open(String host, String options) {
    var uri = URI.create("valkeys://" + host + ":" + port + options);
    return keep(Queues.builder().server(uri).patience(PATIENCE).open());
  }

  private static String identity(String name) {
    return "&cert=" + file(name + ".pem") + "&key=" + file(name + ".key");
  }

  private static String file(String name) {
    return keys.resolve(name).toString();
  }

  /// Makes a key and a certificate that vouches for itself, in PEM.
  private static void makeIdentity(String name, String algorithm, String extension)
      throws IOException {
    var store = keys.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var words =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "us",
            "-keyalg",
            algorithm,
            "-dname",
            "CN=" + name,
            "-ext",
            extension,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit");
    try {
      var keytooled = new ProcessBuilder(words).inheritIO().start();
      assertEquals(0, keytooled.waitFor());
      var loaded = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
      var key = loaded.getKey("us", "changeit".toCharArray());
      write(name + ".pem", "CERTIFICATE", loaded.getCertificate("us").getEncoded());
      write(name + ".key", "PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new AssertionError("cannot make a certificate", e);
    }
  }

  private static void write(String file, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        keys.resolve(file),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
