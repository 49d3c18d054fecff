package tg.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Measures one system with a fresh server and a fresh client, each in a process of its own.
/// Confined to one thread at a time.
final class Contest implements AutoCloseable {
  private static final int ROUNDS = 3;
  private static final int WARM_UPS = 3;
  private static final int FASTEST_PACE = 1_000;
  private static final int LATENCY_SECONDS = 5;
  private static final int PAYLOAD = 100;

  private final QueueSystem system;
  private final Figures figures;
  private final int jobs;
  private final ServerProcess server;
  private final Probe probe;
  private final ClientProcess client;

  /// What a command cost.
  ///
  /// @param answer what the client said
  /// @param valkeyMicros CPU time of the server's main thread
  /// @param clientMicros CPU time of the client
  record Cost(List<Double> answer, double valkeyMicros, double clientMicros) {}

  private Contest(
      QueueSystem system, Figures figures, int jobs, ServerProcess server, List<String> command)
      throws IOException {
    this.system = system;
    this.figures = figures;
    this.jobs = jobs;
    this.server = server;
    this.probe = new Probe(server.port());
    this.client = ClientProcess.start(command, server.port());
  }

  /// Starts both.
  ///
  /// @param jobs how many a round has
  static Contest open(
      QueueSystem system, Figures figures, int jobs, Path folder, List<String> command)
      throws IOException {
    var server = server(folder.resolve(system.label()));
    try {
      return new Contest(system, figures, jobs, server, command);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /// A server whose append-only file is never rewritten in the middle of a measurement.
  static ServerProcess server(Path data) {
    var binary = ServerBinary.find(data.resolve("bin"));
    return ServerProcess.start(binary, data, "--auto-aof-rewrite-percentage", "0").dyingWithJvm();
  }

  /// The figures that every system has.
  void measure() throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      client.tell("flow " + jobs);
    }
    rates();
    latency();
    memory();
  }

  private void rates() throws IOException {
    var enqueue = new ArrayList<Double>();
    var process = new ArrayList<Double>();
    var endToEnd = new ArrayList<Double>();
    var valkey = new ArrayList<Double>();
    var own = new ArrayList<Double>();
    for (int i = 0; i < ROUNDS; i++) {
      probe.clear();
      enqueue.add(jobs / client.tell("enqueue " + jobs).getFirst());
      process.add(jobs / client.tell("process " + jobs).getFirst());
      probe.clear();
      var flow = cost("flow " + jobs);
      endToEnd.add(jobs / flow.answer.get(0));
      valkey.add(flow.valkeyMicros / jobs);
      own.add(flow.clientMicros / jobs);
    }
    figures.put(system, Figure.ENQUEUE, median(enqueue));
    figures.put(system, Figure.PROCESS, median(process));
    figures.put(system, Figure.END_TO_END, median(endToEnd));
    figures.put(system, Figure.VALKEY_CPU, median(valkey));
    figures.put(system, Figure.CLIENT_CPU, median(own));
  }

  private void latency() throws IOException {
    double rate = figures.get(system, Figure.END_TO_END).orElseThrow();
    int pace = (int) Math.clamp(rate / 10, 1, FASTEST_PACE);
    probe.clear();
    client.tell("latency " + pace + " " + pace);
    var answer = client.tell("latency " + LATENCY_SECONDS * pace + " " + pace);
    figures.put(system, Figure.START_P50, answer.get(0));
    figures.put(system, Figure.START_P99, answer.get(1));
  }

  /// Connections may shrink their buffers for a moment before each look.
  private void memory() throws IOException, InterruptedException {
    probe.clear();
    TimeUnit.SECONDS.sleep(1);
    long before = probe.dataBytes();
    client.tell("enqueue " + jobs);
    TimeUnit.SECONDS.sleep(2);
    double bytes = (double) (probe.dataBytes() - before) / jobs;
    figures.put(system, Figure.BYTES, bytes - PAYLOAD);
    probe.clear();
  }

  /// Gives the client a command, and says what it cost.
  Cost cost(String command) throws IOException {
    double valkey = probe.cpuMicros();
    double own = client.cpuMicros();
    var answer = client.tell(command);
    return new Cost(answer, probe.cpuMicros() - valkey, client.cpuMicros() - own);
  }

  /// Forgets all data of the server.
  void clear() throws IOException {
    probe.clear();
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
  }

  @Override
  public void close() throws IOException {
    client.close();
    probe.close();
    server.close();
  }
}
