package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bdk-sim list}: the scenarios that ship with the simulator. */
@Command(
    name = "list",
    description = "Lists the scenarios that ship with the simulator.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (Scenario scenario : Catalogue.all()) {
      spec.commandLine()
          .getOut()
          .printf(
              "%-18s %d nodes, %d s: %s%n",
              scenario.name(),
              scenario.nodeCount(),
              scenario.total().toSeconds(),
              scenario.description());
    }
    return 0;
  }
}
