package bdk.p2p.simulator.bench;

import bdk.p2p.simulator.cli.Subcommand;
import bdk.p2p.simulator.cli.UsageException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bdk-sim bench}: how fast the library is, as a ratio to the limit. */
@Command(
    name = "bench",
    description = {
      "Measures the library beside a bare Netty pipeline with the same frames, which is the limit,"
          + " and beside plain blocking sockets and RSocket, each in processes of its own on"
          + " loopback.",
      "Contenders take turns, window by window; only ratios of one round mean something, because"
          + " the machine does other things, too."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:measured, and no floor was broken or none was asked for",
      "1:with --check: a ratio is below its floor",
      "2:bad usage",
      "70:a failure of the bench itself"
    })
public final class BenchCommand implements Subcommand, Callable<Integer> {
  private static final int BELOW_FLOOR = 1;
  private static final int WARM_UPS = 10;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "The cases to measure, or 'relay*' for all whose names begin so; all of them if none is"
              + " named.")
  private List<String> names = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Windows of each contender, 1 to 1000; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--window",
      paramLabel = "MILLIS",
      defaultValue = "1000",
      description = "How long a window is, 10 to 60000; default ${DEFAULT-VALUE}.")
  private long windowMillis;

  @Option(
      names = "--warm-up",
      paramLabel = "MILLIS",
      defaultValue = "3000",
      description =
          "How long each contender works before the first window, 10 to 60000, again and again"
              + " until it gets no faster, three to ten times; default ${DEFAULT-VALUE}.")
  private long warmUpMillis;

  @Option(names = "--out", paramLabel = "FILE", description = "Writes every window as JSON.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--check", description = "Ends with 1 if a ratio is below its floor.")
  private boolean check;

  /** For the service loader. */
  public BenchCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    within("--rounds", rounds, 1, 1000);
    within("--window", windowMillis, 10, 60_000);
    within("--warm-up", warmUpMillis, 10, 60_000);
    List<BenchCase> cases =
        names.isEmpty()
            ? BenchCase.ALL
            : names.stream().flatMap(name -> find(name).stream()).distinct().toList();
    out.ifPresent(BenchCommand::makeWritable);
    PrintWriter text = spec.commandLine().getOut();
    text.println(BenchTable.HEADING);
    text.flush();
    List<BenchResult> results = measured(cases, text);
    return check ? judge(results) : 0;
  }

  private List<BenchResult> measured(List<BenchCase> cases, PrintWriter text)
      throws IOException, InterruptedException {
    boolean takesKeys = cases.stream().anyMatch(BenchCase::secured);
    Optional<Keys> keys = takesKeys ? Optional.of(Keys.make()) : Optional.empty();
    try {
      Bench bench = new Bench(rounds, windowMillis, warmUpMillis, WARM_UPS, keys);
      List<BenchResult> results = new ArrayList<>();
      for (BenchCase one : cases) {
        BenchResult result = bench.run(one);
        results.add(result);
        text.print(BenchTable.lines(result));
        text.flush();
        if (out.isPresent()) {
          // After each: what was measured in an hour must outlast what fails then.
          write(results, out.get());
        }
      }
      return results;
    } finally {
      if (keys.isPresent()) {
        keys.get().close();
      }
    }
  }

  private int judge(List<BenchResult> results) {
    Floors floors = Floors.ofProject();
    List<String> breaches =
        results.stream().flatMap(result -> floors.breaches(result).stream()).toList();
    breaches.forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
    return breaches.isEmpty() ? 0 : BELOW_FLOOR;
  }

  private static List<BenchCase> find(String name) {
    List<BenchCase> found = BenchCase.named(name);
    if (found.isEmpty()) {
      throw new UsageException(
          "there is no case '%s'; there are %s"
              .formatted(name, BenchCase.names().collect(Collectors.joining(", "))));
    }
    return found;
  }

  private static void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s: expected %d to %d, found %d".formatted(option, least, most, value));
    }
  }

  /** Before minutes of measuring, not after; what is there stays until there is something new. */
  private static void makeWritable(Path file) {
    try {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException cause) {
      throw new UsageException("--out: cannot write " + file + ": " + cause);
    }
  }

  private void write(List<BenchResult> results, Path file) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("java", System.getProperty("java.version"));
    content.put("processors", Runtime.getRuntime().availableProcessors());
    content.put("rounds", rounds);
    content.put("windowMillis", windowMillis);
    content.put("warmUpMillis", warmUpMillis);
    content.put("cases", results);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), content);
  }
}
