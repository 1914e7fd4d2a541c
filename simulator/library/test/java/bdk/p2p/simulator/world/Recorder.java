package bdk.p2p.simulator.world;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a channel tells its pipeline. */
@ChannelHandler.Sharable
final class Recorder extends ChannelInboundHandlerAdapter {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<String> events = new ArrayList<>();
  Channel channel;
  int chunkCount;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    events.add("active");
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    events.add("inactive");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf chunk = (ByteBuf) message;
    try {
      chunkCount++;
      chunk.readBytes(bytes, chunk.readableBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      chunk.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    events.add(cause.getMessage());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    events.add(context.channel().isWritable() ? "writable" : "unwritable");
  }
}
