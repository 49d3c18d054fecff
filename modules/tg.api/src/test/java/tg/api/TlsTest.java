package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server with a certificate of its own, made by the JDK's keytool.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the certificate is made once
class TlsTest {
  private static final String PASSWORD = "changeit";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private Path keys = Path.of("");

  @BeforeAll
  void makeACertificateForLocalhost(@TempDir Path folder) throws IOException, InterruptedException {
    keys = folder.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var options =
        "-genkeypair -alias server -keyalg EC -validity 2 -dname CN=localhost"
            + " -ext san=dns:localhost -storetype PKCS12 -storepass changeit -keystore";
    var command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(options.split(" ", -1)));
    command.add(keys.toString());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @AfterEach
  void trustNobodyAnyMore() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE + "Password");
  }

  private StubServer secureServer() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var reply = "{\"ok\":true,\"result\":" + Fixture.SENT + "}";
    return new StubServer(socket, (_, client) -> StubServer.reply(client, 200, "", reply));
  }

  private void trustTheServer() {
    System.setProperty(TRUST_STORE, keys.toString());
    System.setProperty(TRUST_STORE + "Password", PASSWORD);
  }

  private static URI https(StubServer server, String host) {
    return URI.create("https://" + host + ":" + server.uri().getPort());
  }

  @Test
  void aServerWhoseCertificateIsTrustedIsSpokenTo() throws Exception {
    trustTheServer();
    try (var server = secureServer();
        var telegram = telegram(https(server, "localhost"))) {
      assertEquals(new MessageRef(5, 77, 0), telegram.call(message("x")));
      assertEquals(new MessageRef(5, 77, 0), telegram.call(message("y")));
      assertEquals(2, server.received().size());
    }
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothing() throws Exception {
    try (var server = secureServer();
        var telegram = telegram(https(server, "localhost"))) {
      failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
      assertEquals(List.of(), server.received());
    }
  }

  @Test
  void aServerOfAnotherNameGetsNothing() throws Exception {
    trustTheServer();
    try (var server = secureServer();
        var telegram = telegram(https(server, "127.0.0.1"))) {
      failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
      assertEquals(List.of(), server.received());
    }
  }
}
