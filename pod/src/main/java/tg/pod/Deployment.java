package tg.pod;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Two pods of one trial, started by `deploy/pod` as an operator starts them: the whole one, and
/// one with a worker only. Confined to one thread at a time.
final class Deployment implements AutoCloseable {
  static final long BOT = 777;
  static final String TOKEN = BOT + ":TheSecretPartOfTheToken";
  private static final String NETWORK = "podman-default-kube-network";
  private static final Set<String> PARTS = Set.of("valkey", "bot", "worker");

  private final Path script;
  private final Path state;
  private final String name = "tgtest" + ProcessHandle.current().pid();
  private final int apiPort = freePort();
  private final int valkeyPort = freePort();
  private final Set<String> up = new TreeSet<>();

  Deployment(Path script, Path state) {
    this.script = script;
    this.state = state;
  }

  /// Starts the whole pod.
  void start() {
    play("up", "pod");
  }

  /// Starts the second pod, for the Valkey that the first one shares.
  void startWorkers() {
    play("up", "workers");
  }

  /// Where the pod finds a server of this machine.
  InetSocketAddress gateway() {
    var subnet =
        Podman.run(
            "network", "inspect", NETWORK, "--format", "{{range .Subnets}}{{.Gateway}} {{end}}");
    return new InetSocketAddress(subnet.split(" ", -1)[0], apiPort);
  }

  /// {@return the name of a container of the first pod: `valkey`, `bot` or `worker`}
  String container(String part) {
    if (!PARTS.contains(part)) {
      throw new IllegalArgumentException(part);
    }
    return name + "-" + part;
  }

  /// {@return the name of the image of `bot` or `worker`}
  static String image(String part) {
    return "localhost/tg-" + part + ":" + System.getenv().getOrDefault("TG_POD_TAG", "latest");
  }

  /// {@return the worker of the second pod}
  String otherWorker() {
    return name + "b-workers-worker";
  }

  /// {@return the name of the first pod}
  String pod() {
    return name;
  }

  /// {@return a setting of the first pod's containers, to start one more like them}
  String environment(String part, String variable) {
    var all =
        Podman.run(
            "inspect", container(part), "--format", "{{range .Config.Env}}{{println .}}{{end}}");
    return all.lines().filter(line -> line.startsWith(variable + "=")).findFirst().orElseThrow();
  }

  private void play(String... words) {
    boolean first = words[1].equals("pod");
    var variables = new HashMap<String, String>();
    variables.put("TG_POD_NAME", first ? name : name + "b");
    variables.put("TG_POD_STATE", state.toString());
    variables.put("TG_TOKEN", TOKEN);
    variables.put("TG_API_URL", "http://" + network() + ":" + apiPort);
    if (first) {
      variables.put("TG_POD_SHARE", address());
      variables.put("TG_POD_SHARE_PORT", Integer.toString(valkeyPort));
    } else {
      variables.put("TG_VALKEY", shared().toString());
    }
    up.add(words[1]);
    run(variables, words);
  }

  /// The gateway is known before the network has a container; the network may not exist yet.
  private static String network() {
    if (Podman.attempt("network", "exists", NETWORK).status() != 0) {
      Podman.run("network", "create", NETWORK);
    }
    var gateways =
        Podman.run(
            "network", "inspect", NETWORK, "--format", "{{range .Subnets}}{{.Gateway}} {{end}}");
    return gateways.split(" ", -1)[0];
  }

  private URI shared() {
    try {
      var password = Files.readString(state.resolve("valkey.password")).strip();
      return URI.create("valkey://tg:" + password + "@" + address() + ":" + valkeyPort);
    } catch (IOException e) {
      throw new IllegalStateException("the first pod must be up", e);
    }
  }

  private void run(Map<String, String> variables, String... words) {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    var said = Podman.command(variables, command);
    if (said.status() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + said.text());
    }
  }

  /// The address at which other machines reach this one. Nothing is sent.
  private static String address() {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress("192.0.2.1", 9));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new IllegalStateException("this machine has no network", e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  /// Stops both pods and removes what they kept.
  @Override
  public void close() {
    for (var what : up) {
      var pod = what.equals("pod") ? name : name + "b";
      run(Map.of("TG_POD_NAME", pod, "TG_POD_STATE", state.toString()), "down", what);
      Podman.run("secret", "rm", pod);
    }
    for (var volume : List.of("-valkey-data", "-valkey", "-valkey-users")) {
      Podman.attempt("volume", "rm", "-f", name + volume);
    }
  }
}
