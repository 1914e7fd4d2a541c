package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import bdk.p2p.message.NodeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes, cut anywhere, at the beginning of a session: three of them are the handshake, what
 * follows is frames, and no buffer stays. If they begin a TLS record, nothing is delivered at all.
 *
 * <p>Flags: 1 lets the next piece arrive while the handshake is being handled, 2 closes the channel
 * there.
 */
public final class HandshakeTarget {
  private static final int ARRIVES_WITHIN = 1;
  private static final int CLOSES = 2;
  private static final int BUDGET_BYTES = 60_000;
  private static final int BUDGET_PER_BYTE = 600;

  private final CutStream input;
  private final DecoderRig rig = DecoderRig.handshakeAndFrames();
  private int index;
  private int arrived;

  private HandshakeTarget(CutStream input) {
    this.input = input;
  }

  /** Checks everything that must hold for these bytes. */
  public static void fuzzerTestOneInput(byte[] data) {
    CutStream input = CutStream.of(data);
    AllocatedBytes.assertAtMost(
        BUDGET_BYTES + (long) BUDGET_PER_BYTE * data.length,
        () -> new HandshakeTarget(input).check());
  }

  private void check() {
    byte[] stream = input.stream();
    try (rig) {
      rig.onDelivery(this::onDelivery);
      while (arrived < stream.length && rig.channel.isOpen()) {
        rig.channel.writeInbound(piece());
        if (arrived < Handshake.BYTES) {
          assertEquals(0, rig.bufferBytes(), "a buffer stays before the handshake is complete");
          assertEquals(List.of(), rig.others);
        }
      }
      boolean isComplete = stream.length >= Handshake.BYTES;
      if (isComplete && UnexpectedTls.isBegunBy(stream)) {
        assertNothingButTls();
        return;
      }
      assertEquals(isComplete ? List.of(expected(stream)) : List.of(), rig.others);
      if (isComplete) {
        assertNull(rig.channel.pipeline().get(HandshakeDecoder.class), "it left the pipeline");
        assertFrames(Arrays.copyOfRange(stream, Handshake.BYTES, stream.length));
        assertWritten(expected(stream), stream);
      }
    }
  }

  /** Whatever follows a TLS record is none of ours. */
  private void assertNothingButTls() {
    assertEquals(List.of(), rig.others);
    assertEquals(List.of(), rig.messages);
    assertEquals(1, rig.failures.size());
    assertEquals(UnexpectedTls.class, rig.failures.get(0).getClass());
    assertEquals(0, rig.bufferBytes());
  }

  private void onDelivery(Object delivered) {
    if (!(delivered instanceof Handshake)) {
      return;
    }
    if ((input.flags() & ARRIVES_WITHIN) != 0 && arrived < input.stream().length) {
      rig.channel.pipeline().fireChannelRead(piece());
    }
    if ((input.flags() & CLOSES) != 0) {
      rig.channel.close();
    }
  }

  private ByteBuf piece() {
    int from = arrived;
    arrived = input.end(index++, from);
    return rig.roomyBuffer(Arrays.copyOfRange(input.stream(), from, arrived), arrived - from + 16);
  }

  /** The same that a handler gets who reads the frames alone, but for what a close cuts off. */
  private void assertFrames(byte[] stream) {
    PlainFrameReader frames = PlainFrameReader.read(stream, FrameEncoder.MAX_PAYLOAD_BYTES);
    if ((input.flags() & CLOSES) == 0) {
      assertEquals(frames.messages(), rig.messages);
      assertEquals(frames.isViolated() ? 1 : 0, rig.failures.size());
    }
    for (Throwable failure : rig.failures) {
      assertEquals(ProtocolViolation.class, failure.getClass());
    }
  }

  private static Handshake expected(byte[] stream) {
    return new Handshake(
        stream[0] == 0 ? NodeType.NORMAL : NodeType.DISCOVERY,
        256 * (stream[1] & 0xff) + (stream[2] & 0xff));
  }

  /** Every type but 0 is written as 1, the port as it came. */
  private void assertWritten(Handshake handshake, byte[] stream) {
    ByteBuf written = handshake.encode(rig.allocator);
    try {
      byte type = (byte) (stream[0] == 0 ? 0 : 1);
      assertArrayEquals(new byte[] {type, stream[1], stream[2]}, ByteBufUtil.getBytes(written));
      assertEquals(handshake, Handshake.decode(Unpooled.wrappedBuffer(written.nioBuffer())));
    } finally {
      written.release();
    }
  }
}
