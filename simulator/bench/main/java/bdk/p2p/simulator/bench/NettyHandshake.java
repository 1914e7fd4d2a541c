package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * What a bare pipeline does before its first frame: type and port, three bytes, in each direction.
 * The handlers behind it hear of an active channel once that is done; then it goes.
 */
final class NettyHandshake extends ByteToMessageDecoder {
  private static final int BYTES = 3;
  private static final int NORMAL = 0;

  private final int announced;

  /**
   * @param announced the port that the peer is told
   */
  NettyHandshake(int announced) {
    this.announced = announced;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.writeAndFlush(
        context.alloc().ioBuffer(BYTES).writeByte(NORMAL).writeShort(announced),
        context.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> none) {
    if (bytes.readableBytes() >= BYTES) {
      bytes.skipBytes(BYTES);
      context.fireChannelActive();
      context.pipeline().remove(this);
    }
  }
}
