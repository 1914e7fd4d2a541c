package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Request;
import bdk.p2p.wire.FrameDecoder;
import bdk.p2p.wire.FrameLimits;
import bdk.p2p.wire.Originals;
import bdk.p2p.wire.PayloadRules;
import bdk.p2p.wire.ProtocolViolation;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What comes from the peer: sorts it, and stops reading while the peer's share is full, or for as
 * long as the peer has been faster than it may. Event loop only, but for {@link #readOnIfRoom} and
 * the latest NodeInfo.
 *
 * <p>Pings, answers and NodeInfo notifications are settled here, without waiting behind handlers.
 */
final class SessionReader {
  /** Of {@link #frameSinceNanos}. */
  static final long NO_FRAME = Long.MAX_VALUE;

  /** What a peer says of itself is kept up to here; more than a thousand neighbours fit in. */
  private static final int KEPT_INFO_BYTES = 64 << 10;

  /** How long reading rests when all peers together bring too much: others end meanwhile. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Session session;
  private final Channel channel;
  private final FrameDecoder decoder;
  private final InboundShare share;
  private final PendingRequests requests;
  private final SessionEvents events;
  private final SessionTraffic traffic;
  private final SharedBudget budget;
  private final LongSupplier nanoTime;

  private volatile Message latestInfo;
  private volatile boolean paused;
  private volatile long slowUntilNanos = Long.MIN_VALUE;
  private long pausedSinceNanos;
  private InboundRates.Meter meter;
  private volatile long arrivingBytes;
  private volatile long frameSinceNanos = NO_FRAME;
  private int messagesRead;
  private long bytesCounted;

  SessionReader(
      Session session,
      Channel channel,
      FrameLimits frames,
      Originals originals,
      InboundShare share,
      PendingRequests requests,
      SessionEvents events,
      SessionTraffic traffic,
      SharedBudget budget,
      LongSupplier nanoTime) {
    this.session = session;
    this.channel = channel;
    this.decoder = new FrameDecoder(frames, originals, this::arrived);
    this.share = share;
    this.requests = requests;
    this.events = events;
    this.traffic = traffic;
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  /** The latest message that carried the peer's NodeInfo, or null. Any thread. */
  Message latestInfo() {
    return latestInfo;
  }

  boolean isPaused() {
    return paused;
  }

  /** What takes the bytes after the handshake. */
  FrameDecoder decoder() {
    return decoder;
  }

  /**
   * Takes a message of an open session.
   *
   * @throws ProtocolViolation if its content breaks the protocol
   */
  void received(Message message) {
    messagesRead++;
    PayloadRules.check(message);
    checkSender(message);
    share.acquire(message.payloadBytes());
    if (message instanceof Answer answer) {
      settle(answer);
    } else if (message.command().equals(Command.PING)) {
      ping((Request) message);
    } else if (session.isClosing()) {
      session.handling().done(message);
    } else if (message.command().equals(Command.NOTIFY_INFO)) {
      // A hundred a second from each peer of the reference's kind: kept here, no worker is woken.
      keepInfo(message);
      session.handling().done(message);
    } else {
      noteInfo(message);
      events.received(session, message);
    }
    if (meter != null && meter.counts(message)) {
      long wait = meter.count(message, nanoTime.getAsLong());
      if (wait > 0) {
        slowDown(wait);
      }
    }
    pauseIfFull();
  }

  /**
   * Only NORMAL nodes tell of themselves. A peer that does and has said to be another kind of node
   * did not say so, or its handshake came altered; only a new session can tell which.
   */
  private void checkSender(Message message) {
    if (message.command().equals(Command.NOTIFY_INFO) && session.type() != NodeType.NORMAL) {
      throw new ProtocolViolation(
          "NotifyInfo from a peer that has said to be of type " + session.type());
    }
  }

  /** From now on the peer's messages are counted here. */
  void countWith(InboundRates.Meter value) {
    meter = value;
  }

  /** Waits like the other sessions of its address: who comes anew owes what it owed. */
  void waitIfInDebt() {
    long wait = meter == null ? 0 : meter.debtNanos(nanoTime.getAsLong());
    if (wait > 0) {
      slowDown(wait);
    }
  }

  private void slowDown(long nanos) {
    slowUntilNanos = Math.max(slowUntilNanos, nanoTime.getAsLong() + nanos);
    pause();
    session.schedule(Duration.ofNanos(nanos), this::readOnIfRoom);
  }

  private void pause() {
    if (!paused) {
      paused = true;
      pausedSinceNanos = nanoTime.getAsLong();
      decoder.pause();
      channel.config().setAutoRead(false);
    }
  }

  private void settle(Answer answer) {
    noteInfo(answer);
    switch (requests.answered(answer)) {
      case SETTLED -> session.handling().done(answer);
      case UNKNOWN -> events.dropped(session, answer, DropReason.UNMATCHED_ANSWER);
      case OTHER_COMMAND -> events.dropped(session, answer, DropReason.ANSWER_OF_OTHER_COMMAND);
    }
  }

  private void noteInfo(Message message) {
    if (message.command().equals(Command.INFO)) {
      keepInfo(message);
    }
  }

  private void keepInfo(Message message) {
    if (message.payloadBytes() <= KEPT_INFO_BYTES) {
      latestInfo = message;
    }
  }

  private void ping(Request ping) {
    if (session.isInbound()) {
      // May close the session: the ping may be our own.
      events.pinged(session, ping.id().value());
    }
    if (!session.isClosed()) {
      session.handling().answer(new Answer(ping.id(), Command.PING, ping.payload()), ping);
      session.handling().answersAreThere();
    }
  }

  private void pauseIfFull() {
    if (share.isFull() && !paused) {
      pause();
      // Whoever gave back in between has not seen the pause.
      readOnIfRoom();
    }
  }

  /**
   * One buffer of a reading is through. Many readings make one look at the sockets, and whoever is
   * chosen to go closes only afterwards: so who has its share stops here as soon as there is too
   * much.
   */
  private void arrived() {
    share.tellBudgets();
    noteArriving();
    if (arrivingBytes > 0 && budget.isFullFor(arrivingBytes)) {
      slowDown(REST_NANOS);
    }
  }

  /** The bytes of one reading are through. */
  void readComplete() {
    share.tellBudgets();
    noteArriving();
    if (arrivingBytes > 0 && budget.isExceeded()) {
      events.arrivingOverBudget();
    }
    long bytes = decoder.bytesRead();
    traffic.received(messagesRead, bytes - bytesCounted);
    messagesRead = 0;
    bytesCounted = bytes;
  }

  private void noteArriving() {
    if (!decoder.isAmidFrame()) {
      endFrame();
    } else if (messagesRead > 0 || frameSinceNanos == NO_FRAME) {
      frameSinceNanos = nanoTime.getAsLong();
    }
    long bytes = decoder.heldBytes();
    long more = bytes - arrivingBytes;
    if (more != 0) {
      arrivingBytes = bytes;
      budget.take(more);
    }
  }

  /** Twice a reading; others look at it now and then, and a write costs more than a look. */
  private void endFrame() {
    if (frameSinceNanos != NO_FRAME) {
      frameSinceNanos = NO_FRAME;
    }
  }

  /** Nothing arrives any more. */
  void end() {
    budget.giveBack(arrivingBytes);
    arrivingBytes = 0;
    frameSinceNanos = NO_FRAME;
  }

  /** The memory of what has come in part, as of the last reading. Any thread. */
  long arrivingBytes() {
    return arrivingBytes;
  }

  /**
   * Since when the frame that has come in part is on its way, not counting while this side did not
   * read; {@link #NO_FRAME} if there is none. Any thread.
   */
  long frameSinceNanos() {
    return frameSinceNanos;
  }

  long bytesRead() {
    return decoder.bytesRead();
  }

  /** Reads on to the end of the stream and forgets all that comes. Event loop only. */
  void discard() {
    paused = false;
    decoder.stop();
    channel.config().setAutoRead(true);
  }

  /** Reads on if it is paused and half of the share has been given back. Any thread. */
  void readOnIfRoom() {
    if (paused && mayReadOn()) {
      // Never from within the decoder's own call.
      session.later(this::readOn);
    }
  }

  private boolean mayReadOn() {
    return share.isHalfEmpty() && nanoTime.getAsLong() >= slowUntilNanos;
  }

  private void readOn() {
    if (!paused || !mayReadOn() || session.isClosed()) {
      return;
    }
    paused = false;
    if (frameSinceNanos != NO_FRAME) {
      frameSinceNanos += nanoTime.getAsLong() - pausedSinceNanos;
    }
    decoder.resume();
    if (!paused && !session.isClosed()) {
      channel.config().setAutoRead(true);
    }
  }
}
