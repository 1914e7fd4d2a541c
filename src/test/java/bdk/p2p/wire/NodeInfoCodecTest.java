package bdk.p2p.wire;

import static bdk.p2p.wire.DecoderRig.join;
import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.ChainHead;
import bdk.p2p.message.NodeInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeInfoCodecTest {
  private static final byte[] INFO = RealFrame.INFO_REQUEST.payload();

  @Test
  void shortestHasNoPeers() {
    NodeInfo info = new NodeInfo(ChainHead.ZERO, 0, List.of());
    assertArrayEquals(new byte[56], NodeInfoCodec.encode(info));
    assertEquals(info, NodeInfoCodec.decode(ByteBuffer.allocate(56), 5));
    NodeInfoCodec.check(ByteBuffer.allocate(56));
  }

  @Test
  void numbersAreUnsignedAndInTheirPlaces() {
    byte[] bytes = join(hex("ffffffffffffffff 8000000000000000 fffffffffffffffe"), new byte[32]);
    NodeInfo info = NodeInfoCodec.decode(ByteBuffer.wrap(bytes), 0);
    assertEquals(-1, info.head().nodeVersion());
    assertEquals(Long.MIN_VALUE, info.epochMicros());
    assertEquals(-2, info.head().height());
    assertArrayEquals(bytes, NodeInfoCodec.encode(info));
  }

  @Test
  void cutOffAnywhereIsAViolationUnlessAtTheEndOfAnEntry() {
    for (int size = 0; size < INFO.length; size++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(INFO, size));
      if (size == 56 || size == 64) {
        NodeInfoCodec.check(cut);
      } else {
        assertViolation(
            size < 56
                ? "a node info of " + size + " bytes is below the minimum of 56 bytes"
                : "of the node list is cut off",
            cut);
      }
    }
    NodeInfoCodec.check(ByteBuffer.wrap(INFO));
  }

  @Test
  void badPeerIsAViolation() {
    byte[] bad = INFO.clone();
    bad[57] = 2;
    assertViolation("ip version 2 at offset 1 of the node list", ByteBuffer.wrap(bad));
  }

  @Test
  void atMostTheWantedPeersAreReturned() {
    ByteBuffer info = ByteBuffer.wrap(INFO);
    assertEquals(0, NodeInfoCodec.decode(info, 0).peers().size());
    assertEquals(1, NodeInfoCodec.decode(info, 1).peers().size());
    assertEquals(2, NodeInfoCodec.decode(info, 3).peers().size());
  }

  @Test
  void bufferIsReadFromItsPositionAndLeftAlone() {
    ByteBuffer info =
        ByteBuffer.wrap(join(hex("ffffff"), INFO, hex("ff")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(3);
    info.limit(info.capacity() - 1);
    NodeInfoCodec.check(info);
    assertArrayEquals(INFO, NodeInfoCodec.encode(NodeInfoCodec.decode(info, 9)));
    assertEquals(3, info.position());
  }

  @Test
  void checkingAllocatesLittle() {
    byte[][] peers = new byte[1000][];
    Arrays.fill(peers, hex("00 00 7f000001 7a69"));
    ByteBuffer info = ByteBuffer.wrap(join(new byte[56], join(peers)));
    NodeInfoCodec.check(info);
    long allocated = AllocatedBytes.during(() -> NodeInfoCodec.check(info));
    assertTrue(allocated < 10_000, allocated + " bytes allocated to check 1000 peers");
  }

  private static void assertViolation(String part, ByteBuffer info) {
    for (Runnable action :
        List.<Runnable>of(() -> NodeInfoCodec.check(info), () -> NodeInfoCodec.decode(info, 5))) {
      String message = assertThrows(ProtocolViolation.class, action::run).getMessage();
      assertTrue(message.contains(part), message);
    }
  }
}
