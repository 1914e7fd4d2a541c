package bdk.p2p.simulator.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a run when every node has been closed and what was under way has ended.
 *
 * @param channels channels that nodes have left open, listening ones included
 * @param connections connections that have an end which is not gone, or something under way
 * @param timers timers that nodes have left behind
 * @param planned things that are still to happen, timers included
 * @param bufferBytes bytes of buffers that channels gave out and nobody released
 * @param threads names of threads that the run started and that are alive
 */
public record Leftovers(
    int channels,
    int connections,
    int timers,
    int planned,
    long bufferBytes,
    List<String> threads) {
  /** Copies the list. */
  public Leftovers {
    threads = List.copyOf(threads);
  }

  /** True if nothing is left. */
  public boolean isNothing() {
    return channels == 0
        && connections == 0
        && timers == 0
        && planned == 0
        && bufferBytes == 0
        && threads.isEmpty();
  }

  /** {@code 2 channels, 64 bytes of buffers}, or {@code nothing}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, channels, "channels");
    add(parts, connections, "connections");
    add(parts, timers, "timers");
    add(parts, planned, "things to come");
    add(parts, bufferBytes, "bytes of buffers");
    if (!threads.isEmpty()) {
      parts.add("the threads " + threads);
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
