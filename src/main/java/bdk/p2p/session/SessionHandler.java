package bdk.p2p.session;

import bdk.p2p.identity.TlsRefusal;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Message;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.wire.Handshake;
import bdk.p2p.wire.ProtocolViolation;
import bdk.p2p.wire.UnexpectedTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * The end of the pipeline: turns what the channel reports into calls of its session. Event loop
 * only.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter {
  private final Session session;

  SessionHandler(Session session) {
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    session.connected();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Message received) {
      try {
        session.received(received);
      } catch (ProtocolViolation violation) {
        session.closeNow(Session.violation(violation.getMessage()));
      }
    } else if (message instanceof Handshake handshake) {
      session.handshake(handshake);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof PeerIdentity who) {
      session.proved(who);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    session.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      session.scheduleDrain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.closeNow(CloseReason.of(Code.CLOSED_BY_PEER));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    session.removed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof ProtocolViolation) {
      session.closeNow(Session.violation(cause.getMessage()));
    } else if (cause instanceof TlsRefusal refusal) {
      session.closeNow(refusal.reason());
    } else if (cause instanceof UnexpectedTls) {
      session.closeNow(new CloseReason(Code.TLS_MISMATCH, cause.getMessage()));
    } else if (cause instanceof IOException) {
      session.closeNow(new CloseReason(Code.CONNECTION_LOST, String.valueOf(cause.getMessage())));
    } else {
      session.closeNow(new CloseReason(Code.INTERNAL_ERROR, cause.toString()));
    }
  }
}
