package bdk.p2p.wire;

import static bdk.p2p.wire.DecoderRig.join;
import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import bdk.p2p.message.NodeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeDecoderTest {
  private static final byte[] BYTES = hex("012454");
  private static final Handshake HANDSHAKE = new Handshake(NodeType.DISCOVERY, 9300);
  private static final byte[] PING = RealFrame.PING_REQUEST.bytes();

  @Test
  void bytesMayComeOneAtATime() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.arrive(BYTES, 0, 1);
      rig.arrive(BYTES, 1, 2);
      assertEquals(List.of(), rig.others);
      assertNotNull(rig.channel.pipeline().get(HandshakeDecoder.class));
      rig.arrive(BYTES, 2, 3);
      assertEquals(List.of(HANDSHAKE), rig.others);
      assertNull(rig.channel.pipeline().get(HandshakeDecoder.class));
      assertEquals(0, rig.bufferBytes());
    }
  }

  @Test
  void framesInTheSameSegmentFollowTheHandshake() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.onDelivery(
          delivered -> {
            if (delivered instanceof Handshake) {
              assertEquals(List.of(), rig.messages, "before any message");
            }
          });
      rig.arrive(join(BYTES, PING, PING));
      assertEquals(List.of(HANDSHAKE), rig.others);
      assertEquals(2, rig.messages.size());
      assertEquals(List.of(), rig.failures);
    }
  }

  @Test
  void decoderPausedAtTheHandshakeKeepsWhatFollowsIt() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.onDelivery(
          delivered -> {
            if (delivered instanceof Handshake) {
              rig.decoder.pause();
            }
          });
      rig.arrive(join(BYTES, PING));
      assertEquals(List.of(), rig.messages);
      rig.decoder.resume();
      assertEquals(1, rig.messages.size());
    }
  }

  @Test
  void bytesReadWhileTheHandshakeIsHandledStayBehindThoseBefore() {
    byte[] broadcast = RealFrame.BROADCAST_TX.bytes();
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.onDelivery(
          delivered -> {
            if (delivered instanceof Handshake) {
              rig.arrive(broadcast, 5, broadcast.length);
            }
          });
      rig.arrive(join(BYTES, PING, broadcast), 0, BYTES.length + PING.length + 5);
      assertEquals(
          List.of(RealFrame.PING_REQUEST.message(), RealFrame.BROADCAST_TX.message()),
          rig.messages);
      assertEquals(List.of(), rig.failures);
    }
  }

  @Test
  void channelClosedAtTheHandshakeReleasesWhatFollowsIt() {
    ByteBuf bytes = Unpooled.buffer().writeBytes(BYTES).writeBytes(PING);
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.onDelivery(delivered -> rig.channel.close());
      rig.channel.writeInbound(bytes);
      assertEquals(0, bytes.refCnt());
    }
  }

  @Test
  void removedAtTheHandshakeItStillPassesOnWhatFollows() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.onDelivery(
          delivered -> {
            if (delivered instanceof Handshake) {
              rig.channel.pipeline().remove(HandshakeDecoder.class);
            }
          });
      rig.arrive(join(BYTES, PING));
      assertEquals(List.of(RealFrame.PING_REQUEST.message()), rig.messages);
    }
  }

  @Test
  void channelThatEndsInTheHandshakeGivesNothing() {
    ByteBuf bytes = Unpooled.buffer().writeBytes(BYTES, 0, 2);
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.channel.writeInbound(bytes);
      rig.channel.close();
      assertEquals(List.of(), rig.others);
      assertEquals(List.of(), rig.failures);
      assertEquals(0, bytes.refCnt());
    }
  }

  @Test
  void otherThanBytesPassesThrough() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.channel.writeInbound("event");
      rig.arrive(BYTES);
      assertEquals(List.of("event", HANDSHAKE), rig.others);
    }
  }

  @Test
  void whatFollowsATlsRecordIsNotReadAsFrames() {
    try (DecoderRig rig = DecoderRig.handshakeAndFrames()) {
      rig.arrive(RealFrame.hex("160301"));
      rig.arrive(RealFrame.PING_REQUEST.bytes());
      assertEquals(List.of(), rig.messages);
      assertEquals(1, rig.failures.size());
      assertEquals(0, rig.bufferBytes());
    }
  }
}
