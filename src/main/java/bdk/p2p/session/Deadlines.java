package bdk.p2p.session;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/**
 * The five clocks of a session: handshake, silence of the peer, a frame that has come in part, the
 * earliest open request, and the progress of writing. Event loop only; at most one timer each.
 */
final class Deadlines {
  /**
   * How often a stalled write is looked at within its limit; the close comes this much late at
   * most.
   */
  private static final int STALL_LOOKS = 10;

  /** A look that comes late by more than this part of the idle time lets reading go first. */
  private static final int LATE_PART = 16;

  private final Session session;
  private final SessionContext context;
  private final PendingRequests requests;
  private final SessionReader reader;
  private final OutboundWriter writer;

  private Future<?> handshake;
  private Future<?> silence;
  private Future<?> frame;
  private Future<?> request;
  private Future<?> stall;
  private long requestArmedNanos = Long.MAX_VALUE;
  private long heardNanos;
  private long silenceDueNanos;
  private boolean pinging;
  private long progressNanos;

  Deadlines(
      Session session,
      SessionContext context,
      PendingRequests requests,
      SessionReader reader,
      OutboundWriter writer) {
    this.session = session;
    this.context = context;
    this.requests = requests;
    this.reader = reader;
    this.writer = writer;
  }

  void startHandshake() {
    Duration limit = context.limits().handshakeTimeout();
    handshake =
        session.schedule(
            limit,
            () ->
                session.closeNow(
                    new CloseReason(
                        Code.HANDSHAKE_TIMEOUT,
                        "no complete handshake within " + limit.toMillis() + " ms")));
  }

  void startOpen() {
    cancel(handshake);
    heard();
    armSilence();
  }

  /** Something came from the peer. */
  void heard() {
    heardNanos = now();
  }

  private void armSilence() {
    long idle = context.limits().idleTimeout().toNanos();
    long quiet = now() - heardNanos;
    long delay = Math.max(1, quiet < idle / 2 ? idle / 2 - quiet : idle - quiet);
    silenceDueNanos = now() + delay;
    silence = session.schedule(Duration.ofNanos(delay), this::lookAtSilence);
  }

  private void lookAtSilence() {
    if (session.isPaused()) {
      // We do not listen, so nothing can be heard.
      heard();
    }
    long idle = context.limits().idleTimeout().toNanos();
    long late = now() - silenceDueNanos;
    if (late > idle / LATE_PART) {
      // This node stood still. Nobody was asked for that long, and what came is still to be read.
      heardNanos = Math.min(now(), heardNanos + late);
      armSilence();
      return;
    }
    long quiet = now() - heardNanos;
    if (quiet >= idle) {
      session.closeNow(new CloseReason(Code.IDLE, "nothing came for " + idle / 1_000_000 + " ms"));
      return;
    }
    if (quiet >= idle / 2 && !pinging) {
      pinging = true;
      session.ping(Duration.ofNanos(idle), answered -> pinging = false);
    }
    if (!session.isClosed()) {
      armSilence();
    }
  }

  /** Starts to watch a frame that has come in part, if nobody watches. */
  void armFrame() {
    if (frame == null && reader.frameSinceNanos() != SessionReader.NO_FRAME) {
      frame = session.schedule(context.limits().frameTimeout(), this::lookAtFrame);
    }
  }

  private void lookAtFrame() {
    frame = null;
    long since = reader.frameSinceNanos();
    if (since == SessionReader.NO_FRAME) {
      return;
    }
    Duration limit = context.limits().frameTimeout();
    if (session.isPaused() || now() - since < limit.toNanos()) {
      // While paused the clock stands: it starts anew when reading goes on.
      frame =
          session.schedule(
              session.isPaused() ? limit : limit.minusNanos(now() - since), this::lookAtFrame);
      return;
    }
    session.closeNow(
        new CloseReason(
            Code.FRAME_TIMEOUT, "a frame was not complete within " + limit.toMillis() + " ms"));
  }

  /** Sets the timer to the earliest open request; cheap if it stands right. */
  void armRequests() {
    long next = requests.nextDeadlineNanos();
    if (next >= requestArmedNanos) {
      return;
    }
    cancel(request);
    requestArmedNanos = next;
    request = session.schedule(Duration.ofNanos(Math.max(0, next - now())), this::expireRequests);
  }

  private void expireRequests() {
    requestArmedNanos = Long.MAX_VALUE;
    requests.expire(now());
    armRequests();
  }

  /** Starts to watch the progress of writing, if anything waits and nobody watches. */
  void armWriteStall() {
    if (stall == null && !writer.isIdle() && !session.isClosed()) {
      writer.hasProgressed();
      progressNanos = now();
      scheduleStall();
    }
  }

  private void scheduleStall() {
    stall =
        session.schedule(
            context.limits().writeStallTimeout().dividedBy(STALL_LOOKS), this::lookAtProgress);
  }

  private void lookAtProgress() {
    stall = null;
    if (writer.isIdle()) {
      return;
    }
    if (writer.hasProgressed()) {
      progressNanos = now();
    } else if (now() - progressNanos >= context.limits().writeStallTimeout().toNanos()) {
      session.closeNow(
          new CloseReason(
              Code.WRITE_STALLED,
              "the peer took no byte for "
                  + context.limits().writeStallTimeout().toMillis()
                  + " ms"));
      return;
    }
    scheduleStall();
  }

  void cancel() {
    cancel(handshake);
    cancel(silence);
    cancel(frame);
    cancel(request);
    cancel(stall);
  }

  private static void cancel(Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private long now() {
    return context.environment().nanoTime();
  }
}
