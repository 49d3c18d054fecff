package tg.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Asks the process that serves `TG_HEALTH_PORT` on this machine how it is: for images without a
/// shell, where the program's own command is the probe.
public final class HealthProbe {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 4_000;

  private HealthProbe() {}

  /// Does what the first argument says, if it is `--live` or `--ready`: prints the answer and ends
  /// this process, with status 0 for yes and 1 for no.
  public static void run(String[] args) {
    var first = args.length > 0 ? args[0] : "";
    if (first.equals("--live") || first.equals("--ready")) {
      var port = System.getenv().getOrDefault("TG_HEALTH_PORT", "0").strip();
      System.exit(ask(port, first.equals("--live") ? "/healthz" : "/readyz") ? 0 : 1);
    }
  }

  private static boolean ask(String port, String path) {
    try (var socket = new Socket()) {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      socket.connect(new InetSocketAddress(loopback, Integer.parseInt(port)), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(ISO_8859_1));
      var reply = new String(socket.getInputStream().readAllBytes(), UTF_8);
      int body = reply.indexOf("\r\n\r\n");
      System.out.print(body < 0 ? "no answer\n" : reply.substring(body + 4));
      return reply.startsWith("HTTP/1.1 200 ");
    } catch (IOException | IllegalArgumentException e) {
      System.out.println("TG_HEALTH_PORT=" + port + " does not answer: " + e.getMessage());
      return false;
    }
  }
}
