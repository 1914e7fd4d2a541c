package bdk.p2p.simulator.bench;

import bdk.p2p.message.MessageId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/**
 * Looks whether a broadcast has the id that the protocol demands, the hash of its payload. Every
 * node has to, or its peers part with it for what it has passed on.
 */
final class NettyChecking extends ChannelInboundHandlerAdapter {
  private ByteBuffer payload = ByteBuffer.allocate(0);

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf frame = (ByteBuf) message;
    int start = frame.readerIndex();
    int bytes = frame.readableBytes() - NettyFrames.HEADER_BYTES;
    if (payload.capacity() != bytes) {
      payload = ByteBuffer.allocate(bytes);
    }
    frame.getBytes(start + NettyFrames.HEADER_BYTES, payload.array());
    if (frame.getLong(start + NettyFrames.ID_OFFSET) != MessageId.hashOf(payload).value()) {
      Worker.fail(new IllegalStateException("a broadcast has a wrong id"));
    }
    context.fireChannelRead(frame);
  }
}
