package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Encoding one message, and decoding a buffer of many, against the limit in the same run: copying
 * the payload alone. Operations are messages.
 */
@State(Scope.Thread)
public class FrameCodecBench {
  private static final int MESSAGES = 64;

  @Param({"100", "1024", "65536"})
  public int payloadBytes;

  private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
  private Message message;
  private byte[] payload;
  private ByteBuf frames;
  private EmbeddedChannel decoder;
  private ByteBuf target;

  @Setup(Level.Trial)
  public void prepare() {
    payload = new byte[payloadBytes];
    message = Message.adopt(MessageType.NOTIFICATION, 1, Command.of(Command.FIRST_FREE), payload);
    frames = allocator.directBuffer();
    for (int count = 0; count < MESSAGES; count++) {
      ByteBuf frame = FrameEncoder.encode(allocator, message);
      frames.writeBytes(frame);
      frame.release();
    }
    target = allocator.directBuffer(payloadBytes);
    decoder =
        new EmbeddedChannel(
            new FrameDecoder((type, command) -> FrameEncoder.MAX_PAYLOAD_BYTES),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object decoded) {
                // The message is garbage from here on, as it is for a handler that drops it.
              }
            });
  }

  @TearDown(Level.Trial)
  public void release() {
    frames.release();
    target.release();
    decoder.finishAndReleaseAll();
  }

  @Benchmark
  public int encode() {
    ByteBuf frame = FrameEncoder.encode(allocator, message);
    int bytes = frame.readableBytes();
    frame.release();
    return bytes;
  }

  @Benchmark
  public int encodeLimitCopyOnly() {
    ByteBuf frame = allocator.ioBuffer(FrameEncoder.HEADER_BYTES + payloadBytes);
    frame.writeZero(FrameEncoder.HEADER_BYTES).writeBytes(payload);
    int bytes = frame.readableBytes();
    frame.release();
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void decode() {
    decoder.writeInbound(frames.retainedDuplicate());
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public byte[] decodeLimitCopyOnly() {
    byte[] copy = null;
    ByteBuf source = frames.duplicate();
    for (int count = 0; count < MESSAGES; count++) {
      source.skipBytes(FrameEncoder.HEADER_BYTES);
      copy = new byte[payloadBytes];
      source.readBytes(copy);
    }
    return copy;
  }
}
