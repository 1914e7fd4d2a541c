package bdk.p2p.wire;

import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.NodeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  @ParameterizedTest
  @CsvSource({
    "012454, DISCOVERY, 9300",
    "002455, NORMAL, 9301",
    "007a69, NORMAL, 31337",
    "000000, NORMAL, 0",
    "01ffff, DISCOVERY, 65535"
  })
  void isReadAndWrittenAsSeen(String digits, NodeType type, int port) {
    Handshake handshake = new Handshake(type, port);
    assertEquals(handshake, Handshake.decode(Unpooled.wrappedBuffer(hex(digits))));
    assertArrayEquals(hex(digits), encoded(handshake));
  }

  private static byte[] encoded(Handshake handshake) {
    ByteBuf bytes = handshake.encode(UnpooledByteBufAllocator.DEFAULT);
    try {
      return ByteBufUtil.getBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  @Test
  void everyTypeByteButZeroIsDiscovery() {
    for (int type = 0; type <= 0xff; type++) {
      byte[] bytes = {(byte) type, 0x24, 0x54};
      assertEquals(
          new Handshake(type == 0 ? NodeType.NORMAL : NodeType.DISCOVERY, 9300),
          Handshake.decode(Unpooled.wrappedBuffer(bytes)));
    }
  }

  @Test
  void decodingTakesThreeBytes() {
    ByteBuf bytes = Unpooled.wrappedBuffer(hex("002455aabb"));
    Handshake.decode(bytes);
    assertEquals(2, bytes.readableBytes());
  }

  @Test
  void portOutsideSixteenBitsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Handshake(NodeType.NORMAL, -1));
    assertThrows(IllegalArgumentException.class, () -> new Handshake(NodeType.NORMAL, 65536));
  }
}
