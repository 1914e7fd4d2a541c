package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.BlockRange;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.PayloadList;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for every payload, good or bad. */
class PayloadProps {
  @Property
  void everyNodeListComesBackFromItsBytes(
      @ForAll("nodes") List<NodeEntry> nodes, @ForAll @IntRange(max = 30) int maxEntries) {
    ByteBuffer list = ByteBuffer.wrap(NodeListCodec.encode(nodes));
    assertEquals(nodes, NodeListCodec.decode(list, nodes.size()));
    assertEquals(nodes.size(), NodeListCodec.count(list));
    assertEquals(
        nodes.subList(0, Math.min(maxEntries, nodes.size())),
        NodeListCodec.decode(list, maxEntries));
  }

  @Property
  void everyNodeInfoComesBackFromItsBytes(@ForAll("nodeInfo") NodeInfo info) {
    ByteBuffer bytes = ByteBuffer.wrap(NodeInfoCodec.encode(info));
    NodeInfoCodec.check(bytes);
    assertEquals(info, NodeInfoCodec.decode(bytes, info.peers().size()));
  }

  @Property
  void everyPayloadListComesBackFromItsBytes(
      @ForAll PayloadList kind, @ForAll("items") List<byte[]> arrays) {
    List<ByteBuffer> items = arrays.stream().map(ByteBuffer::wrap).toList();
    ByteBuffer joined = kind.join(items);
    assertEquals(items, kind.split(joined));
    assertEquals(items.size(), kind.check(joined));
  }

  /** The rules either pass a payload, and then it can be taken apart, or name a violation. */
  @Property
  void anyMessageIsGoodOrAViolation(@ForAll("message") Message message) {
    ByteBuffer payload = message.payload();
    int code = message.command().code();
    boolean isGood = PlainPayload.isGood(message.type(), code, bytesOf(message.payload()));
    try {
      PayloadRules.check(message);
    } catch (ProtocolViolation violation) {
      assertFalse(isGood, violation.getMessage());
      return;
    }
    assertTrue(isGood);
    switch (code) {
      case 1, 8 -> NodeInfoCodec.decode(payload, Integer.MAX_VALUE);
      case 2 -> NodeListCodec.decode(payload, Integer.MAX_VALUE);
      case 3, 7 -> PayloadList.TRANSACTIONS.split(payload);
      case 9 -> {
        if (message.type() == MessageType.ANSWER) {
          PayloadList.BLOCKS.split(payload);
        } else {
          BlockRange.decode(payload);
        }
      }
      default -> {}
    }
  }

  @Property
  void nodeListThatIsReadIsWrittenAsTheSameNodes(@ForAll("nodeListBytes") byte[] bytes) {
    try {
      List<NodeEntry> nodes = NodeListCodec.decode(ByteBuffer.wrap(bytes), Integer.MAX_VALUE);
      byte[] written = NodeListCodec.encode(nodes);
      assertEquals(nodes, NodeListCodec.decode(ByteBuffer.wrap(written), Integer.MAX_VALUE));
      assertTrue(written.length <= bytes.length);
    } catch (ProtocolViolation violation) {
      assertTrue(violation.getMessage().contains("offset"));
    }
  }

  @Property
  void hashIsThatOfArithmeticModuloTwoToTheSixtyFour(@ForAll("payload") byte[] payload) {
    BigInteger hash = BigInteger.valueOf(2166136261L);
    for (byte value : payload) {
      hash =
          hash.multiply(BigInteger.valueOf(16777619))
              .mod(BigInteger.ONE.shiftLeft(64))
              .xor(BigInteger.valueOf(value & 0xff));
    }
    Broadcast broadcast = new Broadcast(Command.of(5), ByteBuffer.wrap(payload));
    assertEquals(new MessageId(hash.longValue()), broadcast.id());
    PayloadRules.checkBroadcastId(broadcast);
    assertArrayEquals(payload, bytesOf(broadcast.payload()));
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Provide
  Arbitrary<List<NodeEntry>> nodes() {
    return AnyMessage.nodeEntry().list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<NodeInfo> nodeInfo() {
    return AnyMessage.nodeInfo();
  }

  @Provide
  Arbitrary<List<byte[]>> items() {
    return AnyMessage.bytes(50).list().ofMaxSize(10);
  }

  @Provide
  Arbitrary<byte[]> payload() {
    return AnyMessage.bytes(100);
  }

  @Provide
  Arbitrary<Message> message() {
    return Combinators.combine(AnyMessage.upTo(0), nodeListBytes())
        .as(
            (message, payload) ->
                Message.adopt(message.type(), message.id().value(), message.command(), payload));
  }

  /** Mostly zeros and ones, so that entries begin well. */
  @Provide
  Arbitrary<byte[]> nodeListBytes() {
    return Arbitraries.frequency(
            Tuple.of(20, (byte) 0), Tuple.of(10, (byte) 1), Tuple.of(1, (byte) 2))
        .array(byte[].class)
        .ofMaxSize(60);
  }
}
