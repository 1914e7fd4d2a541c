package bdk.p2p.simulator.remote;

import bdk.p2p.message.NodeId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Finds out where seeds are, by name. Others may start later than this one: as long as a name is
 * unknown it is asked for again, twice a second, for a minute. No state.
 */
final class Seeding {
  private static final long PAUSE_NANOS = 500_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Seeding() {}

  /** All addresses of all hosts that are known within the limit. */
  static List<NodeId> resolve(List<String> hosts, BooleanSupplier isOver) {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<NodeId> seeds = new ArrayList<>();
    for (String host : hosts) {
      List<NodeId> found = lookUp(host);
      while (found.isEmpty() && System.nanoTime() - end < 0 && !isOver.getAsBoolean()) {
        LockSupport.parkNanos(PAUSE_NANOS);
        found = lookUp(host);
      }
      seeds.addAll(found);
    }
    return seeds;
  }

  /** The addresses of a host now; empty if it has none. */
  static List<NodeId> lookUp(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new NodeId(address, ControlPorts.NODE))
          .toList();
    } catch (UnknownHostException notYet) {
      return List.of();
    }
  }
}
