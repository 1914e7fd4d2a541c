package bdk.p2p.simulator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run in a JVM of its own came to.
 *
 * @param name which run of the comparison
 * @param digest of its trace, in hex
 * @param events how many the digest took in
 * @param seconds real time, the JVM's start included
 * @param trace the file
 */
record FreshRun(String name, String digest, String events, double seconds, Path trace) {
  private static final Pattern DIGEST = Pattern.compile("(?m)^digest: ([0-9a-f]{64})$");
  private static final Pattern EVENTS = Pattern.compile("([0-9,]+) network events");

  /**
   * Runs it to the end.
   *
   * @param run the arguments of {@code bdk-sim run}
   * @param directory where its files go
   * @throws UsageException if there was no digest; the message has what the JVM said
   */
  static FreshRun of(String name, OwnJvm jvm, List<String> run, Path directory)
      throws IOException, InterruptedException {
    String files = name.replace(' ', '-');
    Path trace = directory.resolve(files + ".trace.gz");
    Path output = directory.resolve(files + ".out");
    Path errors = directory.resolve(files + ".err");
    List<String> arguments = new ArrayList<>(run);
    arguments.addAll(List.of("--trace", trace.toString()));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(jvm.command(arguments))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      process.getOutputStream().close();
      int code = process.waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      String text = Files.readString(output, StandardCharsets.UTF_8);
      String digest = only(DIGEST, text);
      if (code > BdkSim.CLAIM_BROKE || digest.isEmpty()) {
        throw new UsageException(
            "%s gave no digest: %s ended with %d: %s"
                .formatted(name, jvm.java(), code, complaint(errors)));
      }
      return new FreshRun(name, digest, only(EVENTS, text), seconds, trace);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String only(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).findFirst().orElse("");
  }

  /** What it said on standard error, beside its progress. */
  private static String complaint(Path errors) throws IOException {
    String said =
        Files.readString(errors, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.contains(" s real, "))
            .limit(3)
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? "nothing said" : said;
  }

  /** One line. */
  String shown(String jvm) {
    return String.format(
        Locale.ROOT, "%s: digest %s, %s events, %.1f s, %s", name, digest, events, seconds, jvm);
  }
}
