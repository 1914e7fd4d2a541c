package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.trace.TraceDifference;
import bdk.p2p.simulator.trace.TraceEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bdk-sim verify}: the same run in fresh JVMs, one after the other; says where the first two
 * that differ come apart.
 */
@Command(
    name = "verify",
    description = "Repeats a run in fresh JVMs and compares what happened on the network.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all runs are the same, to the bit",
      "1:two runs differ; the first event that does is shown",
      "2:bad usage, a bad scenario, or a JVM that does not run it",
      "70:a failure of the simulator itself"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 1_000;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "NAME|FILE",
      description = "A scenario of 'bdk-sim list', or a YAML file.")
  private String scenario;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many runs in JVMs like this one; default ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of all of them; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes in the largest group of NORMAL nodes, 2 to 10000.")
  private Optional<Integer> nodes = Optional.empty();

  @Option(
      names = "--java",
      paramLabel = "PATH",
      description = "Another java to run it once more with; may be given again.")
  private List<Path> javas = new ArrayList<>();

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "An option to run it once more with, like -Xint; may be given again.")
  private List<String> jvmOptions = new ArrayList<>();

  /** One JVM to run it in. */
  private record Variant(String shown, OwnJvm jvm) {}

  @Override
  public Integer call() throws Exception {
    List<Variant> variants = variants();
    // Complaints about the scenario are made here rather than once in every JVM.
    RunCommand.load(scenario, nodes);
    Path directory = Files.createTempDirectory("bdk-sim-verify");
    try {
      return compare(variants, directory);
    } finally {
      delete(directory);
    }
  }

  private List<Variant> variants() {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new UsageException("--runs: expected a number from 1 to 1000, found " + runs);
    }
    OwnJvm own = OwnJvm.current();
    List<Variant> variants = new ArrayList<>();
    for (int number = 1; number <= runs; number++) {
      variants.add(new Variant("java " + Runtime.version(), own));
    }
    for (Path java : javas) {
      if (!Files.isExecutable(java) || Files.isDirectory(java)) {
        throw new UsageException("--java: expected an executable file, found " + java);
      }
      variants.add(new Variant(java.toString(), own.withJava(java.toString())));
    }
    jvmOptions.forEach(option -> variants.add(new Variant(option, own.withOption(option))));
    if (variants.size() < 2) {
      throw new UsageException("--runs: expected at least two runs to compare, found 1");
    }
    return variants;
  }

  private int compare(List<Variant> variants, Path directory) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    FreshRun first = null;
    for (int number = 1; number <= variants.size(); number++) {
      Variant variant = variants.get(number - 1);
      FreshRun run = FreshRun.of("run " + number, variant.jvm(), arguments(), directory);
      out.println(run.shown(variant.shown()));
      out.flush();
      if (first == null) {
        first = run;
      } else if (!run.digest().equals(first.digest())) {
        show(out, first, run);
        return BdkSim.CLAIM_BROKE;
      } else {
        Files.delete(run.trace());
      }
    }
    out.println("all " + variants.size() + " runs are the same");
    return 0;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("run", scenario, "--seed", "" + seed));
    nodes.ifPresent(count -> arguments.addAll(List.of("--nodes", "" + count)));
    return arguments;
  }

  private static void show(PrintWriter out, FreshRun one, FreshRun other) throws IOException {
    TraceDifference difference =
        TraceDifference.first(one.trace(), other.trace())
            .orElseThrow(() -> new IOException("the digests differ, but not the traces"));
    out.println("the first event that differs is number " + difference.number());
    out.println("  " + one.name() + ": " + shown(difference.one()));
    out.println("  " + other.name() + ": " + shown(difference.other()));
    out.flush();
  }

  private static String shown(Optional<TraceEntry> entry) {
    return entry.map(TraceEntry::toString).orElse("over, nothing more happened");
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException("cannot delete " + directory, cause);
    }
  }
}
