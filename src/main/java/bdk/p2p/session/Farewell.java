package bdk.p2p.session;

import bdk.p2p.identity.TlsProfile;
import bdk.p2p.message.CloseReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a session ends in good order: when all is written it hangs up and hears the peer out; or, if
 * the peer goes on with another session, it retires. Event loop only; bounded by the limits of its
 * callers.
 */
final class Farewell {
  /** How long the peer must be silent after this side has hung up. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Session session;
  private final Channel channel;
  private final SessionReader reader;
  private final OutboundWriter writer;
  private CloseReason reason;
  private boolean hungUp;

  Farewell(Session session, Channel channel, SessionReader reader, OutboundWriter writer) {
    this.session = session;
    this.channel = channel;
    this.reader = reader;
    this.writer = writer;
  }

  /** True once the session only waits for what it has to be written. */
  boolean hasBegun() {
    return reason != null;
  }

  /** True once nothing more is written. */
  boolean hasHungUp() {
    return hungUp;
  }

  /** Whatever ends a session that has hung up, this side has decided it. */
  CloseReason reasonOr(CloseReason other) {
    return hungUp ? reason : other;
  }

  /** Ends the session when all is written, at the latest after the limit. */
  void begin(CloseReason why, Duration limit) {
    reason = why;
    session.schedule(limit, () -> session.closeNow(why));
  }

  /** When all is flushed: says that nothing more comes and hears the peer out for a moment. */
  void hangUpIfWritten() {
    if (reason == null || hungUp || !writer.hasWrittenAll()) {
      return;
    }
    hungUp = true;
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            flushed -> {
              if (flushed.isSuccess() && channel instanceof DuplexChannel duplex) {
                // A close with bytes unread would be a reset, and could cost what was just written
                // (PeerEventsTest.disconnectLosesNothingThoughThePeerGoesOnSending).
                reader.discard();
                TlsProfile.endOutput(channel).addListener(told -> duplex.shutdownOutput());
                awaitSilence(reader.bytesRead());
              } else {
                session.closeNow(reason);
              }
            });
  }

  /** Until the peer ends the connection, too, is silent for a moment, or the limit comes. */
  private void awaitSilence(long bytesRead) {
    if (!session.isClosed()) {
      session.schedule(
          LAST_WORDS,
          () -> {
            if (reader.bytesRead() == bytesRead) {
              session.closeNow(reason);
            } else {
              awaitSilence(reader.bytesRead());
            }
          });
    }
  }

  /**
   * Ends the session after the delay, or as much later as the peer's requests take to be answered,
   * but not after the end.
   *
   * @param isRetired false if the session is to go on after all
   */
  void retire(Duration delay, CloseReason why, BooleanSupplier isRetired, BooleanSupplier isOver) {
    session.schedule(
        delay,
        () -> {
          if (session.isClosed() || !isRetired.getAsBoolean()) {
            return;
          }
          if (session.hasNothingOpen() || isOver.getAsBoolean()) {
            session.closeNow(why);
          } else {
            retire(delay, why, isRetired, isOver);
          }
        });
  }
}
