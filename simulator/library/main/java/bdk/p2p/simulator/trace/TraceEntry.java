package bdk.p2p.simulator.trace;

import java.util.Locale;

/**
 * One event of a trace file.
 *
 * @param nanos the virtual instant
 * @param node the id of the node where it happened, or {@code host 7} for a host that is none
 * @param event its name
 * @param connection its connection, 0 for none
 * @param byteCount the bytes that arrived
 * @param checksum their CRC-32C, in hex
 */
public record TraceEntry(
    long nanos, String node, String event, long connection, int byteCount, String checksum) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "at %d.%09d s, node %s, %s, connection %d, %d bytes, checksum %s",
        nanos / 1_000_000_000,
        nanos % 1_000_000_000,
        node,
        event,
        connection,
        byteCount,
        checksum);
  }
}
