package bdk.p2p.identity;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Between the socket and TLS: turns plaintext away at its first byte, and a peer that makes TLS
 * write without end; lets the last words to a peer that was refused arrive. Event loop only.
 *
 * <pre>
 *  TLS record:  [type: 15 alert, 16 handshake][03][0x][length, 2 bytes]...
 *  plaintext:   [type: 00 or 01][port, 2 bytes]
 * </pre>
 *
 * <p>A close with bytes unread, or a write of the peer after it, would be a reset, and could cost
 * the alert that tells the peer why. So the connection of a refused peer is half closed for a
 * moment; {@link Partings} bounds how many.
 *
 * <p>Beside its handshake TLS writes on its own to answer a peer that changes its keys, outside all
 * bounds of the session. An honest peer does so every 2<sup>37</sup> bytes (the JDK's {@code
 * jdk.tls.keyLimits}).
 */
final class TlsDoor extends ChannelDuplexHandler {
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;

  /** A fatal alert of a TLS that has not begun: "unexpected message". */
  private static final byte[] UNEXPECTED = {ALERT, 3, 3, 0, 2, 2, 10};

  private static final long PARTING_MILLIS = 500;

  /** What TLS may write on its own, and one more for so many bytes that came. */
  private static final int OWN_RECORDS = 128;

  private static final int BYTES_PER_OWN_RECORD = 64 << 10;

  private final boolean dials;
  private final Partings partings;
  private boolean isEntered;
  private boolean isRefused;
  private boolean isParting;
  private boolean isSending;
  private boolean isDeaf;
  private long readBytes;
  private long ownRecords;

  /**
   * @param partings the connections of the node that are parting
   */
  TlsDoor(boolean dials, Partings partings) {
    this.dials = dials;
    this.partings = partings;
  }

  /** This side has refused the peer: what TLS has written of it must arrive. */
  void refused() {
    isRefused = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isParting || isDeaf || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    readBytes += bytes.readableBytes();
    if (isEntered || !bytes.isReadable()) {
      context.fireChannelRead(bytes);
    } else {
      isEntered = true;
      enter(context, bytes);
    }
  }

  /** Flushes what the session sends through TLS: what that writes meanwhile is not its own. */
  void flushSession(ChannelHandlerContext ofSession) {
    boolean before = isSending;
    isSending = true;
    try {
      ofSession.flush();
    } finally {
      isSending = before;
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    context.write(message, promise);
    if (!isSending && ++ownRecords > OWN_RECORDS + readBytes / BYTES_PER_OWN_RECORD && !isDeaf) {
      isDeaf = true;
      CloseReason reason =
          new CloseReason(
              Code.TLS_FAILED,
              "the peer has made TLS write more than %d records of its own within %d bytes"
                  .formatted(ownRecords - 1, readBytes));
      // Not from inside of TLS.
      context.executor().execute(() -> context.fireExceptionCaught(new TlsRefusal(reason)));
    }
  }

  private void enter(ChannelHandlerContext context, ByteBuf bytes) {
    int first = bytes.getUnsignedByte(bytes.readerIndex());
    if (first == HANDSHAKE || (dials && first == ALERT)) {
      context.fireChannelRead(bytes);
      return;
    }
    bytes.release();
    if (!dials) {
      context.writeAndFlush(Unpooled.wrappedBuffer(UNEXPECTED), context.voidPromise());
    }
    context.fireExceptionCaught(new TlsRefusal(plaintext(first)));
  }

  private static CloseReason plaintext(int first) {
    return new CloseReason(
        Code.TLS_MISMATCH,
        "this node speaks TLS, the peer does not: its first byte is 0x%02x, not 0x16"
            .formatted(first));
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (isParting) {
      whenClosed(context, promise);
    } else if (isRefused
        && context.channel().isActive()
        && context.channel() instanceof DuplexChannel duplex
        && partings.begin(context)) {
      isParting = true;
      whenClosed(context, promise);
      part(context, duplex);
    } else {
      context.close(promise);
    }
  }

  private static void whenClosed(ChannelHandlerContext context, ChannelPromise promise) {
    if (!promise.isVoid()) {
      context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }
  }

  private static void part(ChannelHandlerContext context, DuplexChannel channel) {
    channel.config().setAutoRead(true);
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                flushed -> {
                  if (flushed.isSuccess()) {
                    channel.shutdownOutput();
                  } else {
                    context.close();
                  }
                });
    context.executor().schedule(() -> context.close(), PARTING_MILLIS, TimeUnit.MILLISECONDS);
  }
}
