package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.capsule.CapsuleFolder;
import bdk.p2p.simulator.capsule.Case;
import bdk.p2p.simulator.capsule.RealTrial;
import bdk.p2p.simulator.capsule.Shrinker;
import bdk.p2p.simulator.capsule.Soak;
import bdk.p2p.simulator.capsule.Verdict;
import bdk.p2p.simulator.properties.Knobs;
import bdk.p2p.simulator.properties.ScenarioArbitraries;
import bdk.p2p.simulator.run.NodeHook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bdk-sim soak}: random scenarios until a claim breaks, then the smallest that breaks it, as
 * a capsule.
 */
@Command(
    name = "soak",
    description =
        "Runs random scenarios until a claim breaks, and keeps the smallest that breaks it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no claim broke",
      "1:a claim broke; there is a capsule",
      "2:bad usage",
      "70:a failure of the simulator itself"
    })
final class SoakCommand implements Callable<Integer> {
  private static final long EVERY_NANOS = 2_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      required = true,
      description = "How long to search, a number above 0 like 0.5.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of the first scenario; each next has the next; default 1.")
  private long seed;

  @Option(
      names = "--max-nodes",
      paramLabel = "N",
      defaultValue = "12",
      description = "The most nodes of a scenario, 3 to 1000; default ${DEFAULT-VALUE}.")
  private int maxNodes;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000000000",
      description = "The most scenarios to run; default no bound.")
  private long runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "soak",
      description = "Where to put the capsule, in a folder seed-N; default ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "500",
      description = "The most runs for making it smaller; default ${DEFAULT-VALUE}.")
  private int tries;

  private final NodeHook hook;
  private long shownNanos = System.nanoTime();

  SoakCommand() {
    this(NodeHook.NONE);
  }

  /** With a hand in every node, for tests that plant a bug. */
  SoakCommand(NodeHook hook) {
    this.hook = hook;
  }

  @Override
  public Integer call() {
    Duration time = checked();
    Knobs knobs = Knobs.defaults().withMaxNodes(maxNodes);
    RealTrial trial = new RealTrial(hook);
    Soak soak = new Soak(one -> ScenarioArbitraries.drawn(one, knobs), trial, System::nanoTime);
    Soak.Outcome outcome = soak.search(seed, runs, time, this::show);
    PrintWriter stdout = spec.commandLine().getOut();
    if (outcome.broken().isEmpty()) {
      stdout.println(shown(outcome.progress()) + ", no claim broke");
      return 0;
    }
    stdout.println(shown(outcome.progress()) + ", a claim broke");
    keep(outcome.broken().get(), outcome.verdict().orElseThrow(), trial);
    return BdkSim.CLAIM_BROKE;
  }

  private Duration checked() {
    if (!(minutes > 0 && minutes <= 100_000)) {
      throw new UsageException("--minutes: expected above 0 to 100000, found " + minutes);
    }
    require("--max-nodes", maxNodes, 3, 1_000);
    require("--runs", runs, 1, Long.MAX_VALUE);
    require("--tries", tries, 0, 1_000_000);
    OutputFolder.check(out);
    return Duration.ofMillis((long) Math.ceil(minutes * 60_000));
  }

  private static void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s: expected a number from %d to %d, found %d".formatted(option, least, most, value));
    }
  }

  private void keep(Case found, Verdict verdict, RealTrial trial) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println("seed " + found.seed() + ": " + verdict.breach().orElseThrow());
    stdout.println("before: " + found.size());
    stdout.flush();
    Duration time = Duration.ofSeconds(Math.max(60, (long) (minutes * 60)));
    Shrinker.Result small =
        new Shrinker(trial, tries, time, System::nanoTime).shrink(found, verdict);
    stdout.printf(
        "after:  %s; %d tries, %s%n",
        small.smallest().size(),
        small.tries(),
        small.isFinished() ? "nothing left to leave out" : "given up");
    Path folder = out.resolve("seed-" + found.seed());
    try {
      Path capsule =
          CapsuleFolder.write(
              CapsuleFolder.capsule(BdkSim.VERSION, small.smallest(), small.verdict()), folder);
      stdout.println("run it again with: bdk-sim replay " + RunCommand.quoted(capsule.toString()));
      stdout.println("a test that fails until it is fixed: " + folder.resolve(CapsuleFolder.TEST));
    } catch (IOException cause) {
      throw new UsageException("--out: cannot write into " + folder + ": " + cause);
    }
  }

  private void show(Soak.Progress progress) {
    long now = System.nanoTime();
    if (now - shownNanos >= EVERY_NANOS) {
      shownNanos = now;
      PrintWriter err = spec.commandLine().getErr();
      err.println(shown(progress) + ", 0 claims broken");
      err.flush();
    }
  }

  private static String shown(Soak.Progress progress) {
    return String.format(
        Locale.ROOT,
        "%,d runs, %,d s virtual, %.1f s real",
        progress.runs(),
        progress.virtual().toSeconds(),
        progress.real().toMillis() / 1e3);
  }
}
