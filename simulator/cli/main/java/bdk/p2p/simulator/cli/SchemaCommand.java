package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.scenario.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bdk-sim schema}: the JSON Schema of scenario files, for editors. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of scenario files, for editors.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(Catalogue.schema());
    spec.commandLine().getOut().flush();
  }
}
