package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Any bytes as a node info: a violation, of which checking and reading know alike, or a node info
 * that is written as the same.
 *
 * <p>The first byte is how many peers to return at most.
 */
public final class NodeInfoTarget {
  private static final int BUDGET_BYTES = 2_500;
  private static final int BUDGET_PER_ENTRY = 400;

  private NodeInfoTarget() {}

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int maxPeers = data[0] & 0xff;
    ByteBuffer info = ByteBuffer.wrap(data, 1, data.length - 1).asReadOnlyBuffer();
    boolean isGood = PlainPayload.isNodeInfo(Arrays.copyOfRange(data, 1, data.length));
    AllocatedBytes.assertAtMost(BUDGET_BYTES, () -> assertEquals(isGood, passes(info)));
    int budgetBytes = BUDGET_BYTES + BUDGET_PER_ENTRY * Math.min(maxPeers, data.length / 8);
    AllocatedBytes.assertAtMost(budgetBytes, () -> assertEquals(isGood, isRead(info, maxPeers)));
    if (isGood) {
      assertReadAndWritten(info);
    }
    assertEquals(1, info.position());
    assertEquals(data.length, info.limit());
  }

  private static boolean passes(ByteBuffer info) {
    try {
      NodeInfoCodec.check(info);
      return true;
    } catch (ProtocolViolation violation) {
      return false;
    }
  }

  private static boolean isRead(ByteBuffer info, int maxPeers) {
    try {
      assertTrue(NodeInfoCodec.decode(info, maxPeers).peers().size() <= maxPeers);
      return true;
    } catch (ProtocolViolation violation) {
      return false;
    }
  }

  /** A good node info is written as the same, in the same bytes but for mapped addresses. */
  static void assertReadAndWritten(ByteBuffer info) {
    NodeInfo read = NodeInfoCodec.decode(info, Integer.MAX_VALUE);
    ByteBuffer written = ByteBuffer.wrap(NodeInfoCodec.encode(read));
    assertEquals(read, NodeInfoCodec.decode(written, read.peers().size()));
    assertEquals(info.getLong(info.position()), read.head().nodeVersion());
    assertEquals(info.getLong(info.position() + 8), read.epochMicros());
    assertEquals(info.getLong(info.position() + 16), read.head().height());
    assertEquals(info.slice(info.position() + 24, 32), read.head().hash());
    assertTrue(written.remaining() <= info.remaining());
    if (written.remaining() == info.remaining()) {
      assertEquals(info, written);
    }
  }
}
