package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What a run has made is gone, however it ends; what others have made stays. */
class CleanUpIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path work;
  private DockerClient client;
  private GenericContainer<?> bystander;
  private Process simulator;

  @BeforeEach
  void somebodyElseHasAContainer() {
    ContainerRuns.needEngine();
    client = Engine.client();
    bystander =
        new GenericContainer<>(
                DockerImageName.parse(NodeImage.tools(client, Belongings.ofNewRun())))
            .withCommand("sleep", "1000");
    bystander.start();
  }

  @AfterEach
  void end() {
    if (simulator != null) {
      simulator.destroyForcibly();
    }
    if (bystander == null) {
      return;
    }
    assertTrue(bystander.isRunning(), "what others have started is not touched");
    bystander.stop();
  }

  /** A run of its own process, as soon as it has made everything. */
  private long running() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-D" + NodeImage.NODE_PROPERTY + "=" + ContainerRuns.image());
    command.addAll(
        List.of(
            "--module-path",
            "../cli/target/modules" + File.pathSeparator + "target/modules",
            "--add-modules",
            "ALL-MODULE-PATH",
            "--module",
            "bdk.p2p.simulator.cli/bdk.p2p.simulator.cli.BdkSim",
            "run",
            "two-nodes",
            "--backend",
            "containers"));
    simulator =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output").toFile())
            .start();
    long process = simulator.pid();
    await(() -> of(process).size() == 6, "three machines in two containers each");
    return process;
  }

  /** The containers of a process. */
  private List<Container> of(long process) {
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(Belongings.RUN))
        .exec()
        .stream()
        .filter(one -> one.getLabels().get(Belongings.OWNER).contains("/" + process + "/"))
        .toList();
  }

  private long networksOf(String run) {
    return client
        .listNetworksCmd()
        .withFilter("label", List.of(Belongings.RUN + "=" + run))
        .exec()
        .size();
  }

  private static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, () -> "not within " + LIMIT + ": " + what);
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  void whatAnInterruptedRunHasMadeIsGone() throws Exception {
    long process = running();
    String run = of(process).get(0).getLabels().get(Belongings.RUN);
    simulator.destroy();
    assertTrue(simulator.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertEquals(List.of(), of(process));
    assertEquals(0, networksOf(run));
  }

  @Test
  void whatAKilledRunHasMadeIsGoneAtTheNextStart() throws Exception {
    long process = running();
    String run = of(process).get(0).getLabels().get(Belongings.RUN);
    simulator.destroyForcibly();
    assertTrue(simulator.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertFalse(of(process).isEmpty(), "nobody could clean up");
    assertTrue(new Sweeper(client).sweepOrphans().contains(run));
    assertEquals(List.of(), of(process));
    assertEquals(0, networksOf(run));
  }
}
