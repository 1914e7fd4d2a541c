package bdk.p2p.wire;

import static bdk.p2p.wire.DecoderRig.join;
import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import bdk.p2p.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the decoder does at pauses, violations and ends. */
class FrameDecoderTest {
  private static final byte[] PING = RealFrame.PING_REQUEST.bytes();
  private static final byte[] BROADCAST = RealFrame.BROADCAST_TX.bytes();
  private static final byte[] BLOCKS = RealFrame.BLOCK_ANSWER.bytes();
  private static final List<Message> ALL_THREE =
      List.of(
          RealFrame.PING_REQUEST.message(),
          RealFrame.BROADCAST_TX.message(),
          RealFrame.BLOCK_ANSWER.message());

  private final DecoderRig rig = DecoderRig.frames();

  @AfterEach
  void nothingIsLeaked() {
    rig.close();
  }

  @Test
  void otherThanBytesPassesThrough() {
    rig.channel.writeInbound("event");
    assertEquals(List.of("event"), rig.others);
  }

  @Test
  void endOfReadingIsPassedOn() {
    rig.arrive(PING, 0, 5);
    assertEquals(1, rig.readCompletes);
  }

  @Test
  void emptyBufferIsReleased() {
    ByteBuf empty = Unpooled.buffer();
    rig.channel.writeInbound(empty);
    assertEquals(0, empty.refCnt());
  }

  @Test
  void pauseWhileAMessageIsDeliveredMakesItTheLast() {
    rig.onDelivery(delivered -> rig.decoder.pause());
    rig.arrive(join(PING, BROADCAST, BLOCKS));
    assertEquals(ALL_THREE.subList(0, 1), rig.messages);
    rig.decoder.resume();
    assertEquals(ALL_THREE.subList(0, 2), rig.messages);
    rig.decoder.resume();
    assertEquals(ALL_THREE, rig.messages);
  }

  @Test
  void whatArrivesWhilePausedIsKeptInOrder() {
    rig.arrive(PING, 0, 10);
    rig.decoder.pause();
    rig.arrive(PING, 10, PING.length);
    rig.arriveOneByOne(BROADCAST);
    rig.arrive(BLOCKS);
    assertEquals(List.of(), rig.messages);
    assertEquals(PING.length - 10 + BROADCAST.length + BLOCKS.length, rig.decoder.heldBytes());
    rig.decoder.resume();
    assertEquals(ALL_THREE, rig.messages);
    assertEquals(0, rig.decoder.heldBytes());
  }

  @Test
  void resumedDeliveryEndsWithTheEndOfReading() {
    rig.decoder.pause();
    rig.decoder.resume();
    assertEquals(0, rig.readCompletes, "nothing was kept");
    rig.decoder.pause();
    rig.arrive(PING);
    int before = rig.readCompletes;
    rig.decoder.resume();
    assertEquals(before + 1, rig.readCompletes);
  }

  @Test
  void resumeWhileAMessageIsDeliveredGoesOnAfterIt() {
    rig.onDelivery(
        delivered -> {
          int delivering = rig.messages.size();
          rig.decoder.pause();
          rig.decoder.resume();
          assertEquals(delivering, rig.messages.size());
        });
    rig.arrive(join(PING, BROADCAST, BLOCKS));
    assertEquals(ALL_THREE, rig.messages);
  }

  @Test
  void bytesReadWhileAMessageIsDeliveredComeAfterThoseBefore() {
    rig.onDelivery(
        delivered -> {
          if (rig.messages.size() == 1) {
            rig.arrive(BLOCKS);
            assertEquals(1, rig.messages.size(), "one message at a time");
          }
        });
    rig.arrive(join(PING, BROADCAST));
    assertEquals(ALL_THREE, rig.messages);
  }

  @Test
  void violationIsFiredOnceAndEverythingAfterItIsSwallowed() {
    ByteBuf bad = Unpooled.copiedBuffer(PING, hex("0000000000000005 00 112233"), PING);
    ByteBuf later = Unpooled.copiedBuffer(BLOCKS);
    rig.channel.writeInbound(bad);
    rig.channel.writeInbound(later);
    rig.decoder.pause();
    rig.decoder.resume();
    rig.arrive(hex("ffffffffffffffff"));
    assertEquals(ALL_THREE.subList(0, 1), rig.messages);
    assertEquals(1, rig.failures.size());
    assertEquals(
        "frame length 5 is below the minimum of 11 bytes", rig.failures.get(0).getMessage());
    assertEquals(0, bad.refCnt());
    assertEquals(0, later.refCnt());
    assertEquals(2 * PING.length + 12 + BLOCKS.length + 8, rig.decoder.bytesRead());
  }

  @Test
  void violationAmongKeptBytesReleasesTheRest() {
    rig.decoder.pause();
    rig.arrive(PING);
    rig.arrive(hex("8000000000000000"));
    rig.arrive(BLOCKS);
    assertEquals(List.of(), rig.failures);
    rig.decoder.resume();
    assertEquals(ALL_THREE.subList(0, 1), rig.messages);
    assertEquals(1, rig.failures.size());
    assertEquals(0, rig.bufferBytes());
  }

  @Test
  void failureOfTheLimitsEndsDecodingToo() {
    IllegalStateException failure = new IllegalStateException("limits");
    DecoderRig failing =
        DecoderRig.frames(
            (type, command) -> {
              throw failure;
            });
    failing.arrive(join(PING, PING));
    failing.arrive(PING);
    assertEquals(List.of(), failing.messages);
    assertEquals(1, failing.failures.size());
    assertSame(failure, failing.failures.get(0));
    assertEquals(0, failing.bufferBytes());
    failing.close();
  }

  @Test
  void channelThatEndsInAPayloadGivesNoHalfMessage() {
    rig.arrive(BLOCKS, 0, BLOCKS.length - 1);
    assertEquals(BLOCKS.length - FrameEncoder.HEADER_BYTES, rig.decoder.heldBytes());
    rig.channel.close();
    assertEquals(List.of(), rig.messages);
    assertEquals(List.of(), rig.failures);
    assertEquals(0, rig.decoder.heldBytes());
  }

  @Test
  void inactiveChannelEndsDecodingBeforeThePipelineIsTakenDown() {
    rig.arrive(BLOCKS, 0, 30);
    rig.decoder.pause();
    rig.arrive(PING);
    rig.channel.pipeline().fireChannelInactive();
    assertEquals(0, rig.decoder.heldBytes());
    assertEquals(0, rig.bufferBytes());
  }

  @Test
  void channelThatEndsWhilePausedDiscardsWhatIsKept() {
    rig.decoder.pause();
    rig.arrive(PING);
    rig.channel.close();
    assertEquals(0, rig.bufferBytes());
    rig.decoder.resume();
    assertEquals(List.of(), rig.messages);
  }

  @Test
  void removalWhileAMessageIsDeliveredDiscardsTheRest() {
    ByteBuf bytes = Unpooled.copiedBuffer(PING, BROADCAST, BLOCKS);
    rig.onDelivery(delivered -> rig.channel.pipeline().remove(rig.decoder));
    rig.channel.writeInbound(bytes);
    assertEquals(ALL_THREE.subList(0, 1), rig.messages);
    assertEquals(0, bytes.refCnt());
  }

  @Test
  void removalWhilePausedDiscardsWhatIsKept() {
    rig.decoder.pause();
    rig.arrive(PING);
    rig.channel.pipeline().remove(rig.decoder);
    assertEquals(0, rig.bufferBytes());
  }

  @Test
  void decoderMayBePausedBeforeItIsInAPipeline() {
    FrameDecoder decoder = new FrameDecoder(DecoderRig.NO_LIMITS);
    decoder.pause();
    decoder.resume();
    assertEquals(0, decoder.heldBytes());
  }

  @Test
  void bytesReadCountsWhatArrivedWhetherDecodedOrKept() {
    rig.arrive(PING, 0, 3);
    assertEquals(3, rig.decoder.bytesRead());
    rig.decoder.pause();
    rig.arrive(PING, 3, PING.length);
    assertEquals(PING.length, rig.decoder.bytesRead());
  }

  @Test
  void payloadIsNotSharedWithTheBufferItCameIn() {
    ByteBuf bytes = Unpooled.copiedBuffer(BROADCAST);
    bytes.retain();
    rig.channel.writeInbound(bytes);
    bytes.setZero(0, bytes.capacity());
    assertEquals(List.of(RealFrame.BROADCAST_TX.message()), rig.messages);
    bytes.release();
    assertEquals(0, bytes.refCnt());
  }
}
