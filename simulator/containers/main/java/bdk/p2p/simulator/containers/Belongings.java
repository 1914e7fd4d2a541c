package bdk.p2p.simulator.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The labels by which one run knows what it has made, and by which a later one sees that nobody
 * looks after it any more. Immutable.
 *
 * @param run a number that no other run has
 * @param owner the process that looks after it
 */
record Belongings(String run, Owner owner) {
  /** On everything that any run has made; its value is the run. */
  static final String RUN = "bdk.p2p.simulator.run";

  /** On everything that any run has made; its value is the owner. */
  static final String OWNER = "bdk.p2p.simulator.owner";

  /** For a run of this process. */
  static Belongings ofNewRun() {
    return new Belongings(UUID.randomUUID().toString().substring(0, 8), Owner.self());
  }

  /** What to put on everything. */
  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(RUN, run);
    labels.put(OWNER, owner.toString());
    return labels;
  }

  /** How to find all of it again. */
  String filter() {
    return RUN + "=" + run;
  }

  /**
   * A process, known by what no other has: where it runs, its number there, and when it started.
   */
  record Owner(String where, long process, long startedMillis) {
    static Owner self() {
      ProcessHandle own = ProcessHandle.current();
      return new Owner(here(), own.pid(), started(own));
    }

    /** What {@link #toString} has made; empty for anything else. */
    static Optional<Owner> parse(String text) {
      String[] parts = text.split("/");
      try {
        return parts.length == 3
            ? Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
            : Optional.empty();
      } catch (NumberFormatException wrong) {
        return Optional.empty();
      }
    }

    /** True if it is known to be over; of another machine's process nobody here knows. */
    boolean isGone() {
      return where.equals(here())
          && ProcessHandle.of(process)
              .filter(ProcessHandle::isAlive)
              .filter(one -> started(one) == startedMillis)
              .isEmpty();
    }

    private static long started(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** This boot of this machine, and who counts processes here. */
    private static String here() {
      try {
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        return boot + "-" + space.replaceAll("\\D", "");
      } catch (IOException | UnsupportedOperationException notLinux) {
        return "machine-" + System.getProperty("user.name") + "-" + System.getProperty("os.name");
      }
    }

    @Override
    public String toString() {
      return where + "/" + process + "/" + startedMillis;
    }
  }
}
