package bdk.p2p.simulator.remote;

import bdk.p2p.simulator.world.SerialLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One direction of a connection that is relayed: what is read at one end is written at the other
 * when its time has come, in order. Event loop only. Holds at most about {@value #WINDOW_BYTES}
 * bytes: beyond that it reads no more.
 */
final class RelayFlow extends ChannelInboundHandlerAdapter {
  private static final int WINDOW_BYTES = 256 << 10;

  /** Bytes, or the end of the stream, and when they are due. */
  private record Piece(ByteBuf bytes, boolean isReset, long dueNanos) {}

  private final LongSupplier latency;
  private final SerialLink link;
  private final Queue<Piece> travelling = new ArrayDeque<>();
  private Channel from;
  private Channel to;
  private long lastDue = Long.MIN_VALUE;
  private int heldBytes;
  private boolean isReset;
  private Future<?> timer;

  /** Its ends come later. */
  RelayFlow(LongSupplier latency, SerialLink link) {
    this.latency = latency;
    this.link = link;
  }

  /** Its other end comes later. */
  RelayFlow(Channel from, LongSupplier latency, SerialLink link) {
    this(latency, link);
    this.from = from;
  }

  void from(Channel source, Channel sink) {
    from = source;
    to = sink;
  }

  void to(Channel sink) {
    to = sink;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    heldBytes += bytes.readableBytes();
    if (heldBytes >= WINDOW_BYTES) {
      from.config().setAutoRead(false);
    }
    travel(bytes, false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    isReset = true;
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    travel(null, isReset);
  }

  private void travel(ByteBuf bytes, boolean reset) {
    long now = System.nanoTime();
    long left = link.reserve(now, bytes == null ? 0 : bytes.readableBytes());
    long due = left + latency.getAsLong();
    lastDue = lastDue == Long.MIN_VALUE ? due : Math.max(lastDue, due);
    travelling.add(new Piece(bytes, reset, lastDue));
    rearm();
  }

  private void deliver() {
    timer = null;
    boolean wrote = false;
    while (!travelling.isEmpty() && travelling.element().dueNanos() - System.nanoTime() <= 0) {
      Piece piece = travelling.remove();
      if (piece.bytes() == null) {
        end(piece.isReset());
      } else {
        wrote = true;
        write(piece.bytes());
      }
    }
    if (wrote) {
      to.flush();
    }
    rearm();
  }

  private void write(ByteBuf bytes) {
    if (!to.isActive()) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    int count = bytes.readableBytes();
    to.write(bytes)
        .addListener(
            done -> {
              heldBytes -= count;
              if (heldBytes < WINDOW_BYTES / 2 && from.isActive()) {
                from.config().setAutoRead(true);
              }
            });
  }

  private void end(boolean reset) {
    if (reset) {
      reset(to);
    } else {
      to.flush();
      to.close();
    }
  }

  /** Closes a connection with a reset. */
  static void reset(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException closedAlready) {
      // Then there is nothing left to be reset.
    }
    channel.close();
  }

  private void rearm() {
    if (timer == null && !travelling.isEmpty()) {
      long left = Math.max(0, travelling.element().dueNanos() - System.nanoTime());
      timer = from.eventLoop().schedule(this::deliver, left, TimeUnit.NANOSECONDS);
    }
  }
}
