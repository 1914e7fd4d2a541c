package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.report.Report;
import bdk.p2p.simulator.report.ReportFile;
import bdk.p2p.simulator.report.Reporter;
import bdk.p2p.simulator.report.Summary;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bdk-sim run}: one scenario, its summary and perhaps its report. */
@Command(
    name = "run",
    description =
        "Runs a scenario, in virtual time, over real sockets of this machine or across containers,"
            + " and checks its claims.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all claims hold",
      "1:a claim broke",
      "2:bad usage or a bad scenario",
      "70:a failure of the simulator itself"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "NAME|FILE",
      description = "A scenario of 'bdk-sim list', or a YAML file.")
  private String scenario;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same run in virtual time; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes in the largest group of NORMAL nodes, 2 to 10000.")
  private Optional<Integer> nodes = Optional.empty();

  @Option(
      names = "--backend",
      paramLabel = "virtual|loopback|containers",
      description =
          "Virtual time, or in real time: real sockets of this machine, or a container for each"
              + " node; default: what the scenario says.")
  private Optional<BackendKind> backend = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes report.json and report.html there.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      hidden = true,
      description = "Writes every event on the network there; packed if it ends in .gz.")
  private Optional<Path> trace = Optional.empty();

  @Override
  public Integer call() {
    Scenario counted = load(scenario, nodes);
    Scenario chosen = backend.map(counted::withBackend).orElse(counted);
    // Before the run rather than after it.
    out.ifPresent(OutputFolder::check);
    if (trace.isPresent() && chosen.backend() != BackendKind.VIRTUAL) {
      throw new UsageException("--trace: expected the backend virtual, others have no trace");
    }
    Report report =
        trace.map(file -> runTraced(chosen, file)).orElseGet(() -> run(chosen, Optional.empty()));
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.print(Summary.of(report));
    stdout.flush();
    out.ifPresent(directory -> write(report, directory));
    if (!report.allClaimsHold()) {
      spec.commandLine().getErr().println("a claim broke; run it again with: " + replay());
      return BdkSim.CLAIM_BROKE;
    }
    return 0;
  }

  private Report runTraced(Scenario chosen, Path file) {
    List<String> ids = chosen.candidates().stream().map(Selection.Candidate::id).toList();
    try (TraceFile sink = new TraceFile(file, ids)) {
      Report report = run(chosen, Optional.of(sink));
      sink.end(report.digest());
      return report;
    } catch (IOException cause) {
      throw new UsageException("--trace: cannot write " + file + ": " + cause);
    }
  }

  private Report run(Scenario chosen, Optional<TraceFile> sink) {
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
      ClaimBoard claims = new ClaimBoard(Claim.of(chosen));
      RunOptions plain = RunOptions.seeded(seed).withProgress(progress);
      RunOptions options = sink.map(plain::withTrace).orElse(plain);
      RunRecord run = new ScenarioRunner(chosen, options, claims).run();
      return Reporter.report(run, claims.conclude(run), replay());
    }
  }

  /** A scenario of the catalogue or a file, with another number of nodes if one is given. */
  static Scenario load(String scenario, Optional<Integer> nodes) {
    Scenario loaded = load(scenario);
    return nodes.map(count -> loaded.withNormalNodes(checked(count))).orElse(loaded);
  }

  private static Scenario load(String scenario) {
    try {
      return found(scenario);
    } catch (InvalidPathException noPath) {
      // As where the locale has no letter for one of the file's name.
      throw new UsageException(scenario + ": expected a scenario or a file, found no path at all");
    }
  }

  private static Scenario found(String scenario) {
    boolean isFile =
        scenario.endsWith(".yaml")
            || scenario.endsWith(".yml")
            || scenario.contains("/")
            || !Catalogue.names().contains(scenario) && Files.exists(Path.of(scenario));
    return isFile ? ScenarioFile.read(Path.of(scenario)) : Catalogue.get(scenario);
  }

  private static int checked(int count) {
    if (count < 2 || count > 10_000) {
      throw new UsageException("--nodes: expected a number from 2 to 10000, found " + count);
    }
    return count;
  }

  static void write(Report report, Path directory) {
    try {
      ReportFile.write(report, directory);
    } catch (IOException cause) {
      throw new UsageException("--out: cannot write into " + directory + ": " + cause);
    }
  }

  private String replay() {
    return "bdk-sim run "
        + quoted(scenario)
        + " --seed "
        + seed
        + nodes.map(count -> " --nodes " + count).orElse("")
        + backend.map(kind -> " --backend " + kind.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** For a shell, if it needs to be. */
  static String quoted(String word) {
    return word.matches("[\\w./+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
