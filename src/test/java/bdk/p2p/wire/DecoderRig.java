package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A pipeline with the decoders under test that notes what they deliver and counts every buffer. */
final class DecoderRig implements AutoCloseable {
  static final FrameLimits NO_LIMITS = (type, command) -> FrameEncoder.MAX_PAYLOAD_BYTES;

  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  final FrameDecoder decoder;
  final EmbeddedChannel channel = new EmbeddedChannel();
  final List<Message> messages = new ArrayList<>();
  final List<Object> others = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  int readCompletes;
  private final List<AssertionError> brokenClaims = new ArrayList<>();
  private Consumer<Object> onDelivery = delivered -> {};

  private DecoderRig(FrameLimits limits, Originals originals, boolean withHandshake) {
    decoder = new FrameDecoder(limits, originals, () -> {});
    channel.config().setAllocator(allocator);
    if (withHandshake) {
      channel.pipeline().addLast(new HandshakeDecoder());
    }
    channel.pipeline().addLast(decoder, recorder());
  }

  /** Only frames, of any size. */
  static DecoderRig frames() {
    return new DecoderRig(NO_LIMITS, Originals.NONE, false);
  }

  static DecoderRig frames(FrameLimits limits) {
    return new DecoderRig(limits, Originals.NONE, false);
  }

  /** Only frames, of any size; copies of these broadcasts need no memory. */
  static DecoderRig frames(Originals originals) {
    return new DecoderRig(NO_LIMITS, originals, false);
  }

  /** A handshake, then frames of any size. */
  static DecoderRig handshakeAndFrames() {
    return new DecoderRig(NO_LIMITS, Originals.NONE, true);
  }

  private ChannelHandler recorder() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object delivered) {
        if (delivered instanceof Message message) {
          messages.add(message);
        } else {
          others.add(delivered);
        }
        onDelivery.accept(delivered);
      }

      @Override
      public void channelReadComplete(ChannelHandlerContext context) {
        readCompletes++;
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof AssertionError brokenClaim) {
          brokenClaims.add(brokenClaim);
        } else {
          failures.add(failure);
        }
      }
    };
  }

  /** What the handler above does with a message, besides noting it; its assertions count. */
  void onDelivery(Consumer<Object> action) {
    onDelivery = action;
  }

  /** Lets these bytes arrive in one buffer of their size. */
  void arrive(byte[] bytes) {
    arrive(bytes, 0, bytes.length);
  }

  void arrive(byte[] bytes, int from, int to) {
    int size = to - from;
    channel.writeInbound(allocator.buffer(size, size).writeBytes(bytes, from, size));
  }

  /** Lets these bytes arrive cut at these places, in ascending order. */
  void arriveCutAt(byte[] bytes, int... places) {
    int from = 0;
    for (int place : places) {
      arrive(bytes, from, place);
      from = place;
    }
    arrive(bytes, from, bytes.length);
  }

  void arriveOneByOne(byte[] bytes) {
    for (int index = 0; index < bytes.length; index++) {
      arrive(bytes, index, index + 1);
    }
  }

  /** A buffer such as the transport fills: a few bytes in much room. */
  ByteBuf roomyBuffer(byte[] bytes, int capacityBytes) {
    return allocator.buffer(capacityBytes).writeBytes(bytes);
  }

  /** The memory of all buffers that are not released. */
  long bufferBytes() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  static byte[] join(byte[]... parts) {
    int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] joined = new byte[size];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, offset, part.length);
      offset += part.length;
    }
    return joined;
  }

  /** Ends the channel and checks that no assertion failed in it and no buffer was forgotten. */
  @Override
  public void close() {
    channel.close();
    channel.runPendingTasks();
    if (!brokenClaims.isEmpty()) {
      throw brokenClaims.get(0);
    }
    assertEquals(0, decoder.heldBytes(), "bytes held after the end");
    assertEquals(0, bufferBytes(), "bytes in buffers that nobody released");
  }
}
