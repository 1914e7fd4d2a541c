package bdk.p2p.simulator.cli;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.remote.Agent;
import bdk.p2p.simulator.remote.AgentOptions;
import bdk.p2p.simulator.remote.ControlPorts;
import bdk.p2p.simulator.remote.Resident;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bdk-sim agent}: one node in a process of its own, commanded over a control connection. For
 * one thread.
 */
@Command(
    name = "agent",
    description = {
      "Runs beside one node, in a container: starts it, lets it publish and ask, tells of it.",
      "The environment variable " + AgentCommand.TOKEN + " holds what a controller must know."
    },
    mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
  /** Not an option, which everybody on the machine could read. */
  static final String TOKEN = "BDK_CONTROL_TOKEN";

  private static final int SHORTEST_TOKEN = 8;

  @Option(
      names = "--control",
      paramLabel = "HOST:PORT",
      defaultValue = "0.0.0.0:" + ControlPorts.CONTROL,
      converter = HostAndPort.class,
      description = "Where to listen for the control connection; default ${DEFAULT-VALUE}.")
  private NodeId control;

  @Option(
      names = "--storage",
      paramLabel = "DIR",
      description = "Where the node stores what it wants to find again; default: nowhere.")
  private Optional<Path> storage = Optional.empty();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Starts a node of this scenario at once, rather than when it is told to.")
  private Optional<Path> scenario = Optional.empty();

  @Option(names = "--node", paramLabel = "ID", description = "With --scenario: which one.")
  private Optional<String> node = Optional.empty();

  @Option(
      names = "--seed-host",
      paramLabel = "NAME",
      description = "With --scenario: a host that the node dials; may be repeated.")
  private List<String> seedHosts = List.of();

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description = "With --scenario: how others find this node; default: its id.")
  private Optional<String> hostName = Optional.empty();

  @Override
  public Integer call() {
    String token = Optional.ofNullable(System.getenv(TOKEN)).orElse("");
    if (token.length() < SHORTEST_TOKEN) {
      throw new UsageException(
          TOKEN + ": expected at least " + SHORTEST_TOKEN + " characters, found " + token.length());
    }
    AgentOptions options =
        new AgentOptions(control.socketAddress(), token, storage, scenario.map(this::resident));
    try (Agent agent = new Agent(options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "bdk-sim-stop"));
      agent.run();
      return 0;
    } catch (IOException cause) {
      throw new UsageException("--control: " + control + ": " + cause.getMessage());
    }
  }

  private Resident resident(Path file) {
    Scenario read = ScenarioFile.read(file);
    String id = node.orElseThrow(() -> new UsageException("--scenario: expected --node, too"));
    List<String> ids = new ArrayList<>();
    read.groups().forEach(group -> ids.addAll(group.ids()));
    if (!ids.contains(id)) {
      throw new UsageException("--node: the scenario " + read.name() + " has no node " + id);
    }
    return new Resident(read, ids.indexOf(id), hostName.orElse(id), seedHosts);
  }
}
