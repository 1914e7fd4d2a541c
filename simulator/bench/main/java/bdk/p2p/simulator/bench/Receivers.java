package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many connections to one sender, the same bare ones whoever sends, so that only the sender makes a
 * difference. They count the messages of the bench, and release them.
 */
final class Receivers implements AutoCloseable {
  /** Each announces a port of its own, or a node would take them for one peer. */
  private static final int FIRST_PORT = 10_000;

  /** Handshakes that are under way at once: fewer than a node takes. */
  private static final int MOST_HANDSHAKES = 64;

  private final LongAdder received = new LongAdder();
  private final Semaphore handshakes = new Semaphore(MOST_HANDSHAKES);
  private final NettySockets sockets;
  private volatile boolean closing;

  /**
   * Connects, and waits for all handshakes.
   *
   * @param first a number that no other receiver of this sender has, for the first of them
   */
  Receivers(int port, int count, int first, Optional<Keys> keys) throws Exception {
    sockets = new NettySockets(keys);
    for (int n = 0; n < count; n++) {
      int announced = FIRST_PORT + first + n;
      handshakes.acquire();
      sockets
          .dialling(() -> new ChannelHandler[] {new NettyHandshake(announced), new Counting()})
          .connect(NettySockets.LOOPBACK, port)
          .addListener(
              connected -> {
                if (!connected.isSuccess()) {
                  Worker.fail(connected.cause());
                }
              });
    }
    handshakes.acquire(MOST_HANDSHAKES);
  }

  /** Messages until now; any thread. */
  long received() {
    return received.sum();
  }

  @Override
  public void close() {
    closing = true;
    sockets.close();
  }

  /** Passes over the payloads, so that thousands of half-received ones take no memory. */
  private final class Counting extends ChannelInboundHandlerAdapter {
    private final ByteBuffer header = ByteBuffer.allocate(NettyFrames.HEADER_BYTES);
    private long skipped;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      handshakes.release();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      while (bytes.isReadable()) {
        if (skipped > 0) {
          int count = (int) Math.min(skipped, bytes.readableBytes());
          bytes.skipBytes(count);
          skipped -= count;
        } else {
          header.limit(
              Math.min(NettyFrames.HEADER_BYTES, header.position() + bytes.readableBytes()));
          bytes.readBytes(header);
        }
        if (skipped == 0 && header.position() == NettyFrames.HEADER_BYTES) {
          onHeader();
        }
      }
      bytes.release();
    }

    /** Counts the message before its payload has come; one more or less makes no difference. */
    private void onHeader() {
      if (header.getShort(NettyFrames.COMMAND_OFFSET) == LibraryResponder.COMMAND.code()) {
        received.increment();
      }
      skipped = header.getLong(0) + Long.BYTES - NettyFrames.HEADER_BYTES;
      header.clear();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!closing) {
        Worker.fail(new IllegalStateException("the sender has ended a connection"));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!closing) {
        Worker.fail(cause);
      }
    }
  }
}
