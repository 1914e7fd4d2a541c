package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as a node list: a violation that says where, or nodes that are written as the same
 * nodes. Checking it costs no memory, reading it what the nodes asked for cost.
 *
 * <p>The first byte is how many nodes to return at most.
 */
public final class NodeListTarget {
  private static final int BUDGET_BYTES = 2_000;
  private static final int BUDGET_PER_ENTRY = 400;

  private NodeListTarget() {}

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int maxEntries = data[0] & 0xff;
    ByteBuffer list = ByteBuffer.wrap(data, 1, data.length - 1).asReadOnlyBuffer();
    int expected = PlainPayload.nodeCount(Arrays.copyOfRange(data, 1, data.length));
    AllocatedBytes.assertAtMost(BUDGET_BYTES, () -> assertEquals(expected, count(list)));
    int returned = Math.min(Math.max(expected, 0), maxEntries);
    AllocatedBytes.assertAtMost(
        BUDGET_BYTES + BUDGET_PER_ENTRY * returned,
        () -> assertEquals(expected < 0 ? -1 : returned, decoded(list, maxEntries)));
    if (expected >= 0) {
      assertReadAndWritten(list);
    }
    assertEquals(1, list.position());
    assertEquals(data.length, list.limit());
  }

  private static int count(ByteBuffer list) {
    try {
      return NodeListCodec.count(list);
    } catch (ProtocolViolation violation) {
      assertTrue(violation.getMessage().contains("offset"), violation.getMessage());
      return -1;
    }
  }

  private static int decoded(ByteBuffer list, int maxEntries) {
    try {
      return NodeListCodec.decode(list, maxEntries).size();
    } catch (ProtocolViolation violation) {
      assertTrue(violation.getMessage().contains("offset"), violation.getMessage());
      return -1;
    }
  }

  /** A good list is written as the same nodes, in the same bytes but for mapped addresses. */
  static void assertReadAndWritten(ByteBuffer list) {
    List<NodeEntry> nodes = NodeListCodec.decode(list, Integer.MAX_VALUE);
    assertEquals(NodeListCodec.count(list), nodes.size());
    ByteBuffer written = ByteBuffer.wrap(NodeListCodec.encode(nodes));
    assertEquals(nodes, NodeListCodec.decode(written, nodes.size()));
    assertTrue(written.remaining() <= list.remaining());
    if (written.remaining() == list.remaining()) {
      assertEquals(list, written);
    }
    if (!nodes.isEmpty()) {
      NodeId first = nodes.get(0).id();
      assertEquals(first, NodeId.parse(first.toString()));
      assertEquals(nodes.subList(0, 1), NodeListCodec.decode(list, 1));
    }
  }
}
