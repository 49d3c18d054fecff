package tg.queue;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// The store's contract on the very image of Valkey that the pod uses, in a container that can
/// write nothing but its memory. Needs a container engine: it is only compiled in the profile
/// `engine`, for `deploy/test/contract`, and its name is not that of a test, so that no other run
/// takes it for one.
@Suite
@SelectClasses({
  EnqueueContractTest.class,
  ClaimContractTest.class,
  OutcomeContractTest.class,
  LeaseAndCrashContractTest.class,
  DependencyContractTest.class,
  RuleContractTest.class,
  FiguresContractTest.class,
  LayoutTest.class
})
final class ImageContract {
  private static final int PORT = 6379;

  /// Lives for as long as the suite.
  private static final GenericContainer<?> VALKEY =
      new GenericContainer<>(DockerImageName.parse(image()))
          .withExposedPorts(PORT)
          .withTmpFs(Map.of("/data", "rw"))
          .withCreateContainerCmdModifier(ImageContract::confine)
          .withCommand("valkey-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "")
          .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\n", 1));

  private ImageContract() {}

  @BeforeSuite
  static void startValkey() {
    VALKEY.start();
    System.setProperty(
        Servers.ONLY, "valkey://" + VALKEY.getHost() + ":" + VALKEY.getMappedPort(PORT));
    System.out.println(
        "contract: " + System.getProperty(Servers.ONLY) + " is a container of " + image());
  }

  @AfterSuite
  static void stopValkey() {
    System.clearProperty(Servers.ONLY);
    VALKEY.stop();
  }

  private static void confine(CreateContainerCmd create) {
    var host = Objects.requireNonNull(create.getHostConfig());
    host.withReadonlyRootfs(true).withCapDrop(Capability.ALL);
    host.withPortBindings(
        new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(PORT)));
    create.withUser("999:1000");
  }

  private static String image() {
    try {
      var pod = Files.readString(Path.of("..", "..", "deploy", "pod.yaml"));
      var found = Pattern.compile("(?m)^ +image: (\\S*/valkey\\S*)$").matcher(pod);
      if (!found.find()) {
        throw new IllegalStateException("deploy/pod.yaml has no image of Valkey");
      }
      return found.group(1);
    } catch (IOException e) {
      throw new IllegalStateException("deploy/pod.yaml cannot be read", e);
    }
  }
}
