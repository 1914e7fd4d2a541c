package bdk.p2p.wire;

import static bdk.p2p.wire.DecoderRig.join;
import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.BlockRange;
import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PayloadList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The frames of real nodes, both ways, however they are cut. */
class RealFramesTest {
  private static final byte[] HANDSHAKE_BYTES = hex("002455");
  private static final Handshake HANDSHAKE = new Handshake(NodeType.NORMAL, 9301);
  private static final NodeEntry LOCAL =
      new NodeEntry(NodeType.NORMAL, NodeId.parse("127.0.0.1:31337"));
  private static final NodeEntry LOCAL_V6 =
      new NodeEntry(NodeType.DISCOVERY, NodeId.parse("[::1]:31338"));

  @ParameterizedTest
  @EnumSource
  void everyMessageIsEncodedToItsFrame(RealFrame frame) {
    for (boolean preferDirect : new boolean[] {false, true}) {
      ByteBuf encoded =
          FrameEncoder.encode(new UnpooledByteBufAllocator(preferDirect), frame.message());
      assertArrayEquals(frame.bytes(), ByteBufUtil.getBytes(encoded));
      assertEquals(frame.bytes().length, FrameEncoder.frameBytes(frame.message()));
      encoded.release();
      assertEquals(0, encoded.refCnt());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameIsDecodedToItsMessage(RealFrame frame) {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(frame.bytes());
      assertEquals(List.of(frame.message()), rig.messages);
      assertEquals(List.of(), rig.failures);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameObeysThePayloadRules(RealFrame frame) {
    PayloadRules.check(frame.message());
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameSurvivesEveryCutIntoTwoAndThree(RealFrame frame) {
    byte[] bytes = join(HANDSHAKE_BYTES, frame.bytes());
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
          rig.arriveCutAt(bytes, first, second);
          assertDelivered(rig, List.of(frame.message()));
        }
      }
    }
  }

  @Test
  void allFramesTogetherSurviveEveryCutIntoTwo() {
    byte[] bytes = everything();
    for (int place = 0; place <= bytes.length; place++) {
      try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
        rig.arriveCutAt(bytes, place);
        assertDelivered(rig, everyMessage());
      }
    }
  }

  @Test
  void allFramesTogetherMayComeByteByByte() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.arriveOneByOne(everything());
      assertDelivered(rig, everyMessage());
      assertEquals(everything().length - Handshake.BYTES, rig.decoder.bytesRead());
    }
  }

  private static byte[] everything() {
    byte[] bytes = HANDSHAKE_BYTES;
    for (RealFrame frame : RealFrame.values()) {
      bytes = join(bytes, frame.bytes());
    }
    return bytes;
  }

  private static List<Message> everyMessage() {
    return Arrays.stream(RealFrame.values()).map(RealFrame::message).toList();
  }

  private static void assertDelivered(DecoderRig rig, List<Message> messages) {
    assertEquals(List.of(HANDSHAKE), rig.others);
    assertEquals(messages, rig.messages);
    assertEquals(List.of(), rig.failures);
  }

  @Test
  void nodeListsAreReadAndWrittenAsSeen() {
    assertNodeList(RealFrame.NODES_ANSWER_V4, List.of(LOCAL));
    assertNodeList(RealFrame.NODES_ANSWER_V4_AND_V6, List.of(LOCAL, LOCAL_V6));
  }

  private static void assertNodeList(RealFrame frame, List<NodeEntry> nodes) {
    assertEquals(nodes, NodeListCodec.decode(frame.message().payload(), 10));
    assertArrayEquals(frame.payload(), NodeListCodec.encode(nodes));
  }

  @Test
  void nodeInfoIsReadAndWrittenAsSeen() {
    byte[] hash = new byte[ChainHead.HASH_BYTES];
    for (int index = 0; index < hash.length; index++) {
      hash[index] = (byte) index;
    }
    NodeInfo info =
        new NodeInfo(
            new ChainHead(2, 7, ByteBuffer.wrap(hash)),
            0x000660b3e5accd8dL,
            List.of(
                new NodeEntry(NodeType.NORMAL, NodeId.parse("192.168.1.1:8080")),
                new NodeEntry(NodeType.DISCOVERY, NodeId.parse("[2001:db8::1]:8081"))));
    assertEquals(info, NodeInfoCodec.decode(RealFrame.INFO_REQUEST.message().payload(), 10));
    assertArrayEquals(RealFrame.INFO_REQUEST.payload(), NodeInfoCodec.encode(info));
  }

  @Test
  void blockRangeIsReadAndWrittenAsSeen() {
    BlockRange range = new BlockRange(2, 3, 1000);
    assertEquals(range, BlockRange.decode(RealFrame.BLOCK_REQUEST.message().payload()));
    assertEquals(ByteBuffer.wrap(RealFrame.BLOCK_REQUEST.payload()), range.encode());
  }

  @Test
  void payloadListsAreReadAndWrittenAsSeen() {
    assertPayloadList(
        PayloadList.BLOCKS,
        RealFrame.BLOCK_ANSWER,
        List.of(text("bdkpeer-block-2"), text("bdkpeer-block-3")));
    assertPayloadList(
        PayloadList.TRANSACTIONS, RealFrame.TXS_ANSWER, List.of(ByteBuffer.wrap(hex("deadbeef"))));
  }

  private static void assertPayloadList(PayloadList kind, RealFrame frame, List<ByteBuffer> items) {
    assertEquals(items, kind.split(frame.message().payload()));
    assertEquals(ByteBuffer.wrap(frame.payload()), kind.join(items));
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 00000000811c9dc5",
    "01, 00811d69050c5d1e",
    "0102, 344658b010769638",
    "deadbeef, 940880c104c19e03",
    "cafebabe, f33417b1068b6fe5"
  })
  void hashesAreAsSeen(String payload, String hash) {
    assertEquals(hash, MessageId.hashOf(ByteBuffer.wrap(hex(payload))).toString());
  }
}
