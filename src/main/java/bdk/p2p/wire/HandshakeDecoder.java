package bdk.p2p.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Reads the peer's {@link Handshake}, then leaves the pipeline and passes on whatever follows.
 *
 * <pre>
 *  in   [type][port hi]   [port lo][frame ...]   [...]
 *  out                    Handshake, [frame ...]   [...]
 * </pre>
 *
 * <p>A TLS record in its place ends the reading with an {@link UnexpectedTls}. Holds no buffer
 * between two reads. A channel that ends in the middle of the handshake gets no event from here.
 * Event loop only.
 */
public final class HandshakeDecoder extends ChannelInboundHandlerAdapter {
  private final byte[] collected = new byte[Handshake.BYTES];
  private int received;
  private boolean ended;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    assert context.executor().inEventLoop();
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
    } else if (ended) {
      bytes.release();
    } else if (received == Handshake.BYTES) {
      // Read while the handshake is being handled below: what came before it goes first.
      passRest(context);
      context.fireChannelRead(bytes);
    } else {
      collect(context, bytes);
    }
  }

  private void collect(ChannelHandlerContext context, ByteBuf bytes) {
    int taken = Math.min(bytes.readableBytes(), Handshake.BYTES - received);
    bytes.readBytes(collected, received, taken);
    received += taken;
    if (received < Handshake.BYTES) {
      bytes.release();
      return;
    }
    if (UnexpectedTls.isBegunBy(collected)) {
      ended = true;
      bytes.release();
      context.fireExceptionCaught(new UnexpectedTls(collected[0]));
      return;
    }
    rest = bytes;
    context.fireChannelRead(Handshake.decode(Unpooled.wrappedBuffer(collected)));
    if (!context.isRemoved()) {
      context.pipeline().remove(this);
    }
    passRest(context);
  }

  private void passRest(ChannelHandlerContext context) {
    ByteBuf bytes = rest;
    rest = Unpooled.EMPTY_BUFFER;
    if (bytes.isReadable()) {
      context.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }
}
