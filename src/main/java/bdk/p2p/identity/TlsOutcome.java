package bdk.p2p.identity;

import bdk.p2p.message.PeerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Between TLS and the session: tells the session who the peer has proved to be, as a {@link
 * PeerIdentity} among the events, or why there is none, as a {@link TlsRefusal}. Event loop only.
 */
final class TlsOutcome extends ChannelDuplexHandler {
  private final SslHandler tls;
  private final TlsDoor door;
  private final TlsFailures failures;
  private boolean isProved;
  private boolean isOver;

  TlsOutcome(SslHandler tls, TlsDoor door, TlsFailures failures) {
    this.tls = tls;
    this.door = door;
    this.failures = failures;
  }

  /** TLS collects what it is given, and would do so in a frame that other sessions share. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean isShared = message instanceof ByteBuf bytes && bytes.refCnt() > 1;
    context.write(isShared ? ((ByteBuf) message).asReadOnly() : message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    door.flushSession(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event)
      throws SSLPeerUnverifiedException {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        isProved = true;
        context.fireUserEventTriggered(
            PeerIdentity.of(tls.engine().getSession().getPeerCertificates()[0].getPublicKey()));
      } else {
        failed(context, handshake.cause());
      }
    } else if (event instanceof SslCloseCompletionEvent end) {
      isOver |= end.isSuccess();
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private void failed(ChannelHandlerContext context, Throwable cause) {
    if (!context.channel().isActive()) {
      tell(context, new ClosedChannelException());
      return;
    }
    if (failures.isOwnDecision(cause)) {
      door.refused();
    }
    // First TLS writes the alert, then the session hears of it and closes.
    context.executor().execute(() -> tell(context, cause));
  }

  private void tell(ChannelHandlerContext context, Throwable cause) {
    isOver = true;
    context.fireExceptionCaught(new TlsRefusal(failures.reason(cause, isProved)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (failures.isOfTls(cause)) {
      tell(context, cause);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!isOver) {
      context.fireExceptionCaught(new IOException("it ended without a farewell of TLS"));
    }
    context.fireChannelInactive();
  }
}
