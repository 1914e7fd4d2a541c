package bdk.p2p.simulator.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first event in which two traces differ.
 *
 * @param number its number, from 1
 * @param one what the one trace has there; empty if it has ended
 * @param other what the other has there; empty if it has ended
 */
public record TraceDifference(long number, Optional<TraceEntry> one, Optional<TraceEntry> other) {
  /**
   * Compares two trace files.
   *
   * @return empty if their events are the same
   * @throws IOException if one cannot be read or is no trace; the message says where and why
   */
  public static Optional<TraceDifference> first(Path one, Path other) throws IOException {
    try (TraceReader ones = new TraceReader(one);
        TraceReader others = new TraceReader(other)) {
      for (long number = 1; ; number++) {
        Optional<TraceEntry> here = ones.next();
        Optional<TraceEntry> there = others.next();
        if (!here.equals(there)) {
          return Optional.of(new TraceDifference(number, here, there));
        }
        if (here.isEmpty()) {
          return Optional.empty();
        }
      }
    }
  }
}
