package bdk.p2p.simulator.backend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** One end of a connection as its owner sees it: keeps all that comes, and when. Any thread. */
final class Wire extends ChannelInboundHandlerAdapter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> events = new ArrayList<>();
  private Channel channel;
  private long firstNanos;
  private long lastNanos;
  private int pauses;

  @Override
  public synchronized void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    events.add("active");
  }

  @Override
  public synchronized void channelInactive(ChannelHandlerContext context) {
    events.add("inactive");
  }

  @Override
  public synchronized void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf chunk = (ByteBuf) message;
    byte[] content = new byte[chunk.readableBytes()];
    chunk.readBytes(content);
    chunk.release();
    lastNanos = System.nanoTime();
    if (bytes.size() == 0) {
      firstNanos = lastNanos;
      events.add("bytes");
    }
    bytes.writeBytes(content);
  }

  @Override
  public synchronized void channelReadComplete(ChannelHandlerContext context) {
    pauses++;
  }

  @Override
  public synchronized void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    events.add(cause.getMessage());
  }

  synchronized Channel channel() {
    return channel;
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  synchronized int byteCount() {
    return bytes.size();
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  /** When the first bytes came. */
  synchronized long firstNanos() {
    return firstNanos;
  }

  /** When the last bytes came. */
  synchronized long lastNanos() {
    return lastNanos;
  }

  /** How often it was told that nothing more comes for now. */
  synchronized int pauses() {
    return pauses;
  }

  boolean isOpen() {
    return channel() != null;
  }

  boolean isGone() {
    return events().contains("inactive");
  }

  boolean isReset() {
    return events().stream().anyMatch(event -> event != null && event.contains("reset"));
  }
}
