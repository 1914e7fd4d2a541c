package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.remote.AttachedFleet;
import bdk.p2p.simulator.remote.Deployment;
import bdk.p2p.simulator.remote.FarBackend;
import bdk.p2p.simulator.report.Report;
import bdk.p2p.simulator.report.Reporter;
import bdk.p2p.simulator.report.Summary;
import bdk.p2p.simulator.run.BackendProvider;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bdk-sim attach}: workload and measuring for nodes that somebody else has deployed. */
@Command(
    name = "attach",
    description = {
      "Gives the workload of a scenario to nodes that were deployed by a file of 'bdk-sim export',",
      "and checks its claims. They stay as they are. The environment variable",
      AgentCommand.TOKEN + " holds their token."
    },
    mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The scenario.yaml that 'bdk-sim export' has written.")
  private String scenario;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where nodes run; may be repeated; default: localhost.")
  private List<String> hosts = List.of("localhost");

  @Option(
      names = "--first-port",
      paramLabel = "PORT",
      defaultValue = "" + Deployment.FIRST_PORT,
      description = "The control port of the first node; default ${DEFAULT-VALUE}.")
  private int firstPort;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "As for run.")
  private long seed;

  @Option(
      names = "--without-faults",
      description = "Leaves the scenario's faults out, which nobody can make here.")
  private boolean withoutFaults;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes report.json and report.html there.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    Scenario chosen = adapted(RunCommand.load(scenario, Optional.empty()));
    // Before the run rather than after it.
    out.ifPresent(OutputFolder::check);
    checkPorts(chosen.nodeCount());
    String token = Optional.ofNullable(System.getenv(AgentCommand.TOKEN)).orElse("");
    if (token.isEmpty()) {
      throw new UsageException(AgentCommand.TOKEN + ": expected the token of the agents");
    }
    AttachedFleet fleet = AttachedFleet.find(chosen, hosts, firstPort, token);
    Report report = run(chosen, fleet);
    spec.commandLine().getOut().print(Summary.of(report));
    spec.commandLine().getOut().flush();
    out.ifPresent(directory -> RunCommand.write(report, directory));
    return report.allClaimsHold() ? 0 : BdkSim.CLAIM_BROKE;
  }

  private void checkPorts(int nodes) {
    int most = MOST_PORT + 1 - nodes;
    if (firstPort < 1 || firstPort > most) {
      throw new UsageException(
          "--first-port: expected a number from 1 to %d for %d nodes, found %d"
              .formatted(most, nodes, firstPort));
    }
  }

  /** Latencies are those of a network of which nobody here knows. */
  private Scenario adapted(Scenario read) {
    Bounds bounds = read.bounds();
    List<String> without = new ArrayList<>(bounds.without());
    without.add("nothing-too-early");
    Scenario known =
        read.withBounds(
            new Bounds(
                bounds.deliveredWithin(),
                bounds.duplicatesPerDelivery(),
                bounds.bytesPerNode(),
                withoutFaults ? List.of() : bounds.sometimes(),
                without.stream().distinct().toList()));
    return withoutFaults ? known.withFaults(List.of()) : known;
  }

  private Report run(Scenario chosen, AttachedFleet fleet) {
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
      ClaimBoard claims = new ClaimBoard(Claim.of(chosen));
      RunOptions options =
          RunOptions.seeded(seed).withProgress(progress).withProvider(new Attached(fleet));
      RunRecord run = new ScenarioRunner(chosen, options, claims).run();
      return Reporter.report(run, claims.conclude(run), again());
    }
  }

  private String again() {
    StringBuilder command = new StringBuilder("bdk-sim attach ");
    command.append(RunCommand.quoted(scenario)).append(" --seed ").append(seed);
    hosts.forEach(host -> command.append(" --host ").append(RunCommand.quoted(host)));
    command.append(" --first-port ").append(firstPort);
    return command.append(withoutFaults ? " --without-faults" : "").toString();
  }

  /** Makes the one backend there is. */
  private record Attached(AttachedFleet fleet) implements BackendProvider {
    @Override
    public BackendKind kind() {
      return BackendKind.CONTAINERS;
    }

    @Override
    public Backend open(Scenario scenario, long seed, Distances distances) {
      return new FarBackend(scenario, seed, distances, fleet);
    }
  }
}
