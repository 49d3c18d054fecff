package tg.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  private static final Path PROGRAMS = Path.of("target", "servers").toAbsolutePath();

  private static String ask(ServerProcess server, String command) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      var line = reader.readLine();
      return line.startsWith("$") ? reader.readLine() : line;
    }
  }

  @Test
  void theBuiltInServerRunsOnThisMachine(@TempDir Path folder) throws IOException {
    var binary = ServerBinary.embedded(PROGRAMS);
    assertTrue(binary.name().startsWith("redis 7.0"), binary.name());
    try (var server = ServerProcess.start(binary, folder)) {
      assertEquals("+PONG", ask(server, "PING"));
    }
  }

  @Test
  void whatWasWrittenIsThereAfterAKillAndARestart(@TempDir Path folder) throws IOException {
    try (var server = ServerProcess.start(ServerBinary.find(PROGRAMS), folder)) {
      assertEquals("+OK", ask(server, "SET key kept"));
      server.kill();
      server.restart();
      assertEquals("kept", ask(server, "GET key"));
    }
  }

  @Test
  void aClosedServerIsGone(@TempDir Path folder) {
    var server = ServerProcess.start(ServerBinary.find(PROGRAMS), folder);
    var process = ProcessHandle.of(server.pid()).orElseThrow();
    server.close();
    assertFalse(process.isAlive());
  }
}
