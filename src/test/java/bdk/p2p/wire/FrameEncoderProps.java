package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every frame, whether it is made of one buffer or of several. */
class FrameEncoderProps {
  private static final int PART = FrameEncoder.LONGEST_PART_BYTES;
  private static final int HEADER = FrameEncoder.HEADER_BYTES;
  private static final int TRIES = 100;

  /** Lengths of payloads, many of them where another buffer begins. */
  @Provide
  Arbitrary<Integer> lengths() {
    Arbitrary<Integer> edges =
        Arbitraries.integers()
            .between(1, 4)
            .flatMap(parts -> Arbitraries.integers().between(parts * PART - 40, parts * PART + 40));
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 100), edges, Arbitraries.integers().between(0, 5 * PART));
  }

  private static Message message(MessageType type, long id, int code, int bytes, long seed) {
    byte[] payload = new byte[bytes];
    new Random(seed).nextBytes(payload);
    return Message.adopt(type, id, Command.of(code), payload);
  }

  private static byte[] plainFrame(Message message) {
    int payloadBytes = message.payloadBytes();
    return ByteBuffer.allocate(HEADER + payloadBytes)
        .putLong(payloadBytes + 11L)
        .put((byte) message.type().code())
        .putLong(message.id().value())
        .putShort((short) message.command().code())
        .put(message.payload())
        .array();
  }

  @Property(tries = TRIES)
  void frameHasHeaderAndPayloadAndNoBufferIsTooLongForAPool(
      @ForAll MessageType type,
      @ForAll long id,
      @ForAll @IntRange(max = 65535) int code,
      @ForAll("lengths") int bytes,
      @ForAll boolean isDirect) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(isDirect);
    Message message = message(type, id, code, bytes, id);
    assertFrame(plainFrame(message), FrameEncoder.encode(allocator, message));
    ByteBuffer within =
        (isDirect ? ByteBuffer.allocateDirect(bytes + 10) : ByteBuffer.allocate(bytes + 10))
            .position(3)
            .put(message.payload())
            .limit(3 + bytes)
            .position(3);
    assertFrame(
        plainFrame(message),
        FrameEncoder.encode(
            allocator, type, message.id(), message.command(), within.asReadOnlyBuffer()));
    FrameEncoder.encode(allocator, type, message.id(), message.command(), within).release();
    assertEquals(3, within.position(), "the caller's buffer has moved");
    assertEquals(3 + bytes, within.limit());
    assertNothingHeld(allocator);
  }

  private static void assertFrame(byte[] expected, ByteBuf frame) {
    assertArrayEquals(expected, ByteBufUtil.getBytes(frame));
    if (frame instanceof CompositeByteBuf parts) {
      assertTrue(expected.length > PART, "several buffers for " + expected.length + " bytes");
      assertEquals((expected.length - 1) / PART + 1, parts.numComponents());
      parts.forEach(part -> assertTrue(part.capacity() <= PART, part.toString()));
    } else {
      assertTrue(expected.length <= PART, "one buffer for " + expected.length + " bytes");
    }
    assertTrue(frame.release());
  }

  private static void assertNothingHeld(UnpooledByteBufAllocator allocator) {
    assertEquals(0, allocator.metric().usedHeapMemory());
    assertEquals(0, allocator.metric().usedDirectMemory());
  }

  @Property(tries = TRIES)
  void messageComesBackFromItsFrame(
      @ForAll MessageType type,
      @ForAll long id,
      @ForAll @IntRange(max = 65535) int code,
      @ForAll("lengths") int bytes) {
    Message message = message(type, id, code, bytes, id);
    ByteBuf frame = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, message);
    assertEquals(message, FrameEncoder.message(frame));
    assertEquals(message, FrameEncoder.message(frame), "the frame was read");
    frame.release();
  }

  @Property(tries = TRIES)
  void frameOfManyIsWrittenToEachInItsParts(@ForAll("lengths") int bytes) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    Message message = message(MessageType.BROADCAST, 1, 2, bytes, bytes);
    ByteBuf frame = FrameEncoder.encode(allocator, message);
    for (int reader = 0; reader < 2; reader++) {
      EmbeddedChannel channel = new EmbeddedChannel();
      FrameEncoder.write(frame.retain(), channel);
      assertNull(channel.readOutbound(), "flushed");
      channel.flush();
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      for (ByteBuf part; (part = channel.readOutbound()) != null; part.release()) {
        assertTrue(part.readableBytes() <= PART, part.toString());
        assertEquals(1, part.nioBufferCount());
        written.writeBytes(ByteBufUtil.getBytes(part));
        part.skipBytes(part.readableBytes());
      }
      assertArrayEquals(plainFrame(message), written.toByteArray());
      channel.finishAndReleaseAll();
    }
    assertFrame(plainFrame(message), frame);
    assertNothingHeld(allocator);
  }

  /** Has memory for so many buffers. */
  private static final class Short extends AbstractByteBufAllocator {
    final OutOfMemoryError error = new OutOfMemoryError("none left");
    final List<ByteBuf> made = new ArrayList<>();
    private final int most;

    Short(int most) {
      super(false);
      this.most = most;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      if (made.size() == most) {
        throw error;
      }
      ByteBuf buffer = new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
      made.add(buffer);
      return buffer;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new UnsupportedOperationException("nobody asks for direct memory here");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  @Property(tries = 20)
  void nothingIsKeptOfAFrameThatMemoryDoesNotSufficeFor(@ForAll @IntRange(max = 3) int buffers) {
    Short allocator = new Short(buffers);
    ByteBuffer payload = ByteBuffer.allocate(4 * PART - HEADER);
    OutOfMemoryError failure =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                FrameEncoder.encode(
                    allocator,
                    MessageType.NOTIFICATION,
                    new MessageId(1),
                    Command.of(4096),
                    payload));
    assertSame(allocator.error, failure);
    assertEquals(buffers, allocator.made.size());
    allocator.made.forEach(buffer -> assertEquals(0, buffer.refCnt()));
    assertEquals(0, payload.position());
  }
}
