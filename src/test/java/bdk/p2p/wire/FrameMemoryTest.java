package bdk.p2p.wire;

import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory follows the bytes that came, never the length that a header claims. */
class FrameMemoryTest {
  /** The header of a notification that claims the largest payload. */
  private static final byte[] LARGEST = hex("0000000008000000 03 1122334455667788 1000");

  /** The header of a broadcast that claims it. */
  private static final byte[] LARGEST_BROADCAST = hex("0000000008000000 02 1122334455667788 1000");

  /** What is held, at most, for each byte of a payload that came. */
  private static final int HELD_FACTOR = 2;

  /** What is allocated, garbage of growing included, at most, for each byte that came. */
  private static final int ALLOCATED_FACTOR = 4;

  @ParameterizedTest
  @CsvSource({"1, 5000", "3, 9999", "7, 70000", "1000, 1000000", "65536, 16777216"})
  void heldBytesFollowTheBytesThatCame(int chunkBytes, int payloadBytes) {
    heldBytesFollow(LARGEST, chunkBytes, payloadBytes);
    heldBytesFollow(LARGEST_BROADCAST, chunkBytes, payloadBytes);
  }

  private static void heldBytesFollow(byte[] header, int chunkBytes, int payloadBytes) {
    byte[] chunk = new byte[chunkBytes];
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.arrive(header);
      for (int arrived = chunkBytes; arrived <= payloadBytes; arrived += chunkBytes) {
        rig.arrive(chunk);
        assertTrue(rig.decoder.heldBytes() >= arrived);
        assertTrue(rig.decoder.heldBytes() <= (long) HELD_FACTOR * arrived);
        assertEquals(0, rig.bufferBytes());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1024, 1000000", "65536, 1000000", "65536, 16777216", "1000000, 1000000"})
  void allocationFollowsTheBytesThatCame(int chunkBytes, int payloadBytes) {
    ByteBuf header = Unpooled.wrappedBuffer(LARGEST);
    ByteBuf arriving = Unpooled.wrappedBuffer(new byte[payloadBytes]);
    try (DecoderRig rig = DecoderRig.frames()) {
      DecoderRig.frames().close(); // loads the classes
      rig.channel.writeInbound(header);
      long slices = AllocatedBytes.during(() -> slice(arriving, chunkBytes));
      long allocated =
          AllocatedBytes.during(
              () -> {
                while (arriving.isReadable()) {
                  int size = Math.min(chunkBytes, arriving.readableBytes());
                  rig.channel.writeInbound(arriving.readRetainedSlice(size));
                }
              });
      assertTrue(allocated >= payloadBytes, allocated + " bytes measured");
      assertTrue(
          allocated - slices <= (long) ALLOCATED_FACTOR * payloadBytes + 1_000_000,
          allocated + " bytes allocated for " + payloadBytes);
    }
    arriving.release();
    assertEquals(0, arriving.refCnt());
  }

  /** What the measuring itself costs. */
  private static void slice(ByteBuf bytes, int chunkBytes) {
    for (int offset = 0; offset < bytes.readableBytes(); offset += chunkBytes) {
      bytes.retainedSlice(offset, Math.min(chunkBytes, bytes.readableBytes() - offset)).release();
    }
  }

  @Test
  void claimsOfManyPeersCostNothing() {
    DecoderRig[] peers = new DecoderRig[20];
    Arrays.setAll(peers, index -> DecoderRig.frames());
    peers[0].arrive(LARGEST);
    long allocated =
        AllocatedBytes.during(
            () -> {
              for (DecoderRig peer : Arrays.asList(peers).subList(1, peers.length)) {
                peer.arrive(LARGEST);
              }
            });
    assertTrue(allocated < 1_000_000, allocated + " bytes allocated for headers");
    for (DecoderRig peer : peers) {
      peer.close();
    }
  }

  @Test
  void frameInOneBufferIsCopiedOnce() {
    int payloadBytes = 8 << 20;
    byte[] frame = new byte[FrameEncoder.HEADER_BYTES + payloadBytes];
    ByteBuf bytes = Unpooled.wrappedBuffer(frame);
    bytes.setLong(0, FrameEncoder.MIN_LENGTH + payloadBytes);
    try (DecoderRig rig = DecoderRig.frames()) {
      long allocated = AllocatedBytes.during(() -> rig.channel.writeInbound(bytes));
      assertEquals(payloadBytes, rig.messages.get(0).payloadBytes());
      assertTrue(allocated < payloadBytes + 1_000_000, allocated + " bytes allocated");
      assertEquals(0, bytes.refCnt());
    }
  }

  @Test
  void fewBytesInARoomyBufferAreKeptInLittleMemory() {
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.decoder.pause();
      for (byte value : RealFrame.PING_REQUEST.bytes()) {
        rig.channel.writeInbound(rig.roomyBuffer(new byte[] {value}, 65536));
      }
      assertEquals(19, rig.decoder.heldBytes());
      assertEquals(19, rig.bufferBytes());
      rig.decoder.resume();
      assertEquals(1, rig.messages.size());
      assertEquals(0, rig.decoder.heldBytes());
    }
  }

  @Test
  void restOfABufferIsKeptInLittleMemory() {
    byte[] frame = RealFrame.PING_REQUEST.bytes();
    byte[] hundred = new byte[100 * frame.length];
    for (int offset = 0; offset < hundred.length; offset += frame.length) {
      System.arraycopy(frame, 0, hundred, offset, frame.length);
    }
    try (DecoderRig rig = DecoderRig.frames()) {
      rig.onDelivery(delivered -> rig.decoder.pause());
      rig.channel.writeInbound(rig.roomyBuffer(hundred, 65536));
      for (int left = 99; left > 0; left--) {
        assertEquals(100 - left, rig.messages.size());
        assertTrue(rig.decoder.heldBytes() >= left * 19L);
        assertTrue(rig.decoder.heldBytes() <= HELD_FACTOR * left * 19L);
        assertEquals(rig.bufferBytes(), rig.decoder.heldBytes());
        rig.decoder.resume();
      }
      assertEquals(0, rig.decoder.heldBytes());
    }
  }
}
