package bdk.p2p.simulator.cli;

import bdk.p2p.simulator.report.Comparison;
import bdk.p2p.simulator.report.Figure;
import bdk.p2p.simulator.report.ReportException;
import bdk.p2p.simulator.report.ReportFile;
import java.io.PrintWriter;
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

/** {@code bdk-sim compare}: two reports side by side, and a gate for those who want one. */
@Command(
    name = "compare",
    description = {
      "Shows two reports side by side, with the difference from A to B in per cent.",
      "With --threshold it is a gate. Worse is: less delivered, slower propagation, more"
          + " duplicates, more bytes, more claims broken, a stream that is gone. Requests and times"
          + " of the run are shown only. Differences up to these are noise: 5 ms of propagation,"
          + " 0.05 duplicates a delivery, 10,000 bytes."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:B is not worse, or no threshold was given",
      "1:B is worse than A by more than the threshold",
      "2:bad usage, or a file that holds no report of this version",
      "70:a failure of the simulator itself"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int WORSE = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A report.json, or a directory that holds one.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path b;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      description = "Ends with 1 if B is worse than A by more than this, 0 or more.")
  private Optional<Double> threshold = Optional.empty();

  @Override
  public Integer call() {
    threshold.ifPresent(CompareCommand::check);
    Comparison comparison = compare();
    PrintWriter out = spec.commandLine().getOut();
    out.print(comparison.table());
    out.flush();
    List<Figure> worse = threshold.map(comparison::worse).orElse(List.of());
    for (Figure figure : worse) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "worse by more than %s %%: %s: %s, was %s (%s)%n",
              shown(threshold.orElseThrow()),
              figure.name(),
              figure.shown(figure.b()),
              figure.shown(figure.a()),
              figure.difference());
    }
    spec.commandLine().getErr().flush();
    return worse.isEmpty() ? 0 : WORSE;
  }

  private Comparison compare() {
    try {
      return new Comparison(ReportFile.read(a), ReportFile.read(b));
    } catch (ReportException wrong) {
      throw new UsageException(wrong.getMessage());
    }
  }

  private static void check(double percent) {
    if (!(percent >= 0 && percent < Double.POSITIVE_INFINITY)) {
      throw new UsageException("--threshold: expected a number from 0 on, found " + percent);
    }
  }

  /** Without a point where there is nothing behind it. */
  private static String shown(double percent) {
    return percent == Math.rint(percent) && percent < 1e15 ? "" + (long) percent : "" + percent;
  }
}
