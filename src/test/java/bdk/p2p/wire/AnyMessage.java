package bdk.p2p.wire;

import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary values of what goes over the wire. */
final class AnyMessage {
  private AnyMessage() {}

  static Arbitrary<byte[]> bytes(int maxSize) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(maxSize);
  }

  /** Of any type, id and command, with a payload of up to so many bytes. */
  static Arbitrary<Message> upTo(int payloadBytes) {
    Arbitrary<Integer> commandCode =
        Arbitraries.oneOf(Arbitraries.integers().between(0, 9), port());
    return Combinators.combine(
            Arbitraries.of(MessageType.class),
            Arbitraries.longs(),
            commandCode,
            bytes(payloadBytes))
        .as((type, id, code, payload) -> Message.adopt(type, id, Command.of(code), payload));
  }

  static byte[] frameOf(Message message) {
    ByteBuf frame = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, message);
    try {
      return ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
    }
  }

  static Arbitrary<NodeEntry> nodeEntry() {
    Arbitrary<byte[]> address =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofSize(4),
            Arbitraries.bytes().array(byte[].class).ofSize(16));
    return Combinators.combine(Arbitraries.of(NodeType.class), address, port())
        .as((type, bytes, port) -> new NodeEntry(type, NodeId.of(bytes, port)));
  }

  static Arbitrary<NodeInfo> nodeInfo() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.bytes().array(byte[].class).ofSize(ChainHead.HASH_BYTES),
            Arbitraries.longs(),
            nodeEntry().list().ofMaxSize(20))
        .as(
            (version, height, hash, micros, peers) ->
                new NodeInfo(new ChainHead(version, height, ByteBuffer.wrap(hash)), micros, peers));
  }

  private static Arbitrary<Integer> port() {
    return Arbitraries.integers().between(0, 65535);
  }
}
