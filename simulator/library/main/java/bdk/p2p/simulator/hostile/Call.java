package bdk.p2p.simulator.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/** What a hostile peer does on one connection. Event loop only. */
abstract class Call extends ChannelInboundHandlerAdapter {
  private final Attack attack;
  private final FrameReader reader = new FrameReader(this::received);
  private ChannelHandlerContext context;

  Call(Attack attack) {
    this.attack = attack;
  }

  /** The connection is there. */
  abstract void connected();

  /** The node has sent a frame. */
  void received(FrameReader.Head frame) {}

  /** The whole attack. */
  final Attack attack() {
    return attack;
  }

  /** Sends bytes, which it takes over. */
  final void send(ByteBuf bytes) {
    context.writeAndFlush(bytes);
  }

  /** Sends bytes; once they are on the wire, it has done its thing. */
  final void bite(ByteBuf bytes) {
    context
        .writeAndFlush(bytes)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                attack.bit();
              }
            });
  }

  /** Answers what a decent peer would answer, with nobody to name; false for anything else. */
  final boolean answerPing(FrameReader.Head frame) {
    boolean isPing = frame.type() == Frames.REQUEST && frame.command() == Frames.PING;
    if (isPing) {
      send(Frames.frame(Frames.ANSWER, frame.id(), Frames.PING));
    }
    return isPing;
  }

  static boolean asksForNodes(FrameReader.Head frame) {
    return frame.type() == Frames.REQUEST && frame.command() == Frames.REQUEST_NODES;
  }

  /** Does something again and again, at once for the first time, while the connection is there. */
  final void every(long millis, Runnable action) {
    if (context.channel().isActive()) {
      action.run();
      context
          .channel()
          .eventLoop()
          .schedule(() -> every(millis, action), millis, TimeUnit.MILLISECONDS);
    }
  }

  /** True while more can be written without piling up. */
  final boolean isWritable() {
    return context.channel().isWritable();
  }

  /** From now on nothing is read. */
  final void stopReading() {
    context.channel().config().setAutoRead(false);
  }

  @Override
  public final void channelActive(ChannelHandlerContext active) {
    context = active;
    connected();
  }

  @Override
  public final void channelRead(ChannelHandlerContext active, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      reader.read(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
    active.close();
  }
}
