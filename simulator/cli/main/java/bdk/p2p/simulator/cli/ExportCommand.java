package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.remote.Deployment;
import bdk.p2p.simulator.report.WholeFiles;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bdk-sim export}: a scenario's nodes as a file that an engine deploys. */
@Command(
    name = "export",
    description = "Writes a scenario's nodes as a file that a container engine deploys.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "As for run.")
  private String scenario;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "compose|stack",
      description = "For one engine, or for a swarm of several.")
  private Deployment.Form form;

  @Option(names = "--nodes", paramLabel = "N", description = "As for run.")
  private Optional<Integer> nodes = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write; default: here.")
  private Path out;

  @Override
  public Integer call() {
    Scenario chosen = RunCommand.load(scenario, nodes);
    String name = form.name().toLowerCase(Locale.ROOT) + ".yaml";
    Path file = out.resolve(name);
    Path own = out.resolve("scenario.yaml");
    Map<String, WholeFiles.Content> files = new LinkedHashMap<>();
    files.put(name, text(Deployment.write(chosen, form, name)));
    files.put("scenario.yaml", text(ScenarioWriter.write(chosen)));
    try {
      if (Files.exists(own)
          && Files.exists(Path.of(scenario))
          && Files.isSameFile(own, Path.of(scenario))) {
        throw new UsageException("--out: expected another directory, " + own + " is what is read");
      }
      WholeFiles.write(out, files);
    } catch (IOException cause) {
      throw new UsageException("--out: cannot write into " + out + ": " + cause);
    }
    spec.commandLine().getOut().println(file);
    spec.commandLine().getOut().println(own);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static WholeFiles.Content text(String content) {
    return stream -> stream.write(content.getBytes(StandardCharsets.UTF_8));
  }
}
