package tg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/// Looks at a server from outside, by INFO over a connection of its own. Confined to one thread at
/// a time.
final class Probe implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  Probe(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
  }

  /// {@return the CPU time that the server's main thread has used, in microseconds}
  double cpuMicros() throws IOException {
    var cpu = info("cpu");
    return 1e6
        * (number(cpu, "used_cpu_user_main_thread") + number(cpu, "used_cpu_sys_main_thread"));
  }

  /// {@return the memory in use, without what connections and the append-only file's buffers take}
  long dataBytes() throws IOException {
    var memory = info("memory");
    double passing = number(memory, "mem_clients_normal") + number(memory, "mem_aof_buffer");
    return (long) (number(memory, "used_memory") - passing);
  }

  /// Lets the server remember scripts that block it for longer.
  void watchSlow(int micros) throws IOException {
    send("CONFIG SET slowlog-log-slower-than " + micros);
    in.readLine();
    send("CONFIG SET slowlog-max-len 1000");
    in.readLine();
    send("SLOWLOG RESET");
    in.readLine();
  }

  /// {@return how many calls blocked the server for longer than that}
  int slow() throws IOException {
    send("SLOWLOG LEN");
    return Integer.parseInt(in.readLine().substring(1));
  }

  /// Forgets all data.
  void clear() throws IOException {
    send("FLUSHALL SYNC");
    in.readLine();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Map<String, String> info(String section) throws IOException {
    send("INFO " + section);
    int left = Integer.parseInt(in.readLine().substring(1)) + 2;
    var values = new TreeMap<String, String>();
    while (left > 0) {
      var line = in.readLine();
      left -= line.length() + 2;
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return values;
  }

  private void send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
  }

  private static double number(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the server's INFO has no " + name);
    }
    return Double.parseDouble(value);
  }
}
