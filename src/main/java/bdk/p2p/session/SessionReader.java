package bdk.p2p.session;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Request;
import bdk.p2p.wire.FrameDecoder;
import bdk.p2p.wire.PayloadRules;
import io.netty.channel.Channel;

/**
 * What comes from the peer: sorts it, and stops reading while the peer's share is full. Event loop
 * only, but for {@link #readOnIfRoom} and the latest NodeInfo.
 *
 * <p>Pings, answers and NodeInfo notifications are settled here, without waiting behind handlers.
 */
final class SessionReader {
  private final Session session;
  private final Channel channel;
  private final FrameDecoder decoder;
  private final InboundShare share;
  private final PendingRequests requests;
  private final SessionEvents events;
  private final TrafficCounters traffic;

  private volatile Message latestInfo;
  private volatile boolean paused;
  private int messagesRead;
  private long bytesCounted;

  SessionReader(
      Session session,
      Channel channel,
      FrameDecoder decoder,
      InboundShare share,
      PendingRequests requests,
      SessionEvents events,
      TrafficCounters traffic) {
    this.session = session;
    this.channel = channel;
    this.decoder = decoder;
    this.share = share;
    this.requests = requests;
    this.events = events;
    this.traffic = traffic;
  }

  /** The latest message that carried the peer's NodeInfo, or null. Any thread. */
  Message latestInfo() {
    return latestInfo;
  }

  boolean isPaused() {
    return paused;
  }

  /**
   * Takes a message of an open session.
   *
   * @throws bdk.p2p.wire.ProtocolViolation if its content breaks the protocol
   */
  void received(Message message) {
    messagesRead++;
    PayloadRules.check(message);
    share.acquire(message.payloadBytes());
    if (message instanceof Answer answer) {
      settle(answer);
    } else if (message.command().equals(Command.PING)) {
      ping((Request) message);
    } else if (session.isClosing()) {
      session.done(message);
    } else if (message.command().equals(Command.NOTIFY_INFO)) {
      // A hundred a second from each peer of the reference's kind: kept here, no worker is woken.
      latestInfo = message;
      session.done(message);
    } else {
      noteInfo(message);
      events.received(session, message);
    }
    pauseIfFull();
  }

  private void settle(Answer answer) {
    noteInfo(answer);
    switch (requests.answered(answer)) {
      case SETTLED -> session.done(answer);
      case UNKNOWN -> events.dropped(session, answer, DropReason.UNMATCHED_ANSWER);
      case OTHER_COMMAND -> events.dropped(session, answer, DropReason.ANSWER_OF_OTHER_COMMAND);
    }
  }

  private void noteInfo(Message message) {
    if (message.command().equals(Command.INFO)) {
      latestInfo = message;
    }
  }

  private void ping(Request ping) {
    if (session.isInbound()) {
      // May close the session: the ping may be our own.
      events.pinged(session, ping.id().value());
    }
    if (!session.isClosed()) {
      session.answer(new Answer(ping.id(), Command.PING, ping.payload()), true, ping);
    }
  }

  private void pauseIfFull() {
    if (share.isFull() && !paused) {
      paused = true;
      decoder.pause();
      channel.config().setAutoRead(false);
      // Whoever gave back in between has not seen the pause.
      readOnIfRoom();
    }
  }

  /** The bytes of one reading are through. */
  void readComplete() {
    long bytes = decoder.bytesRead();
    traffic.received(messagesRead, bytes - bytesCounted);
    messagesRead = 0;
    bytesCounted = bytes;
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
    if (paused && share.isHalfEmpty()) {
      // Never from within the decoder's own call.
      session.later(this::readOn);
    }
  }

  private void readOn() {
    if (!paused || !share.isHalfEmpty() || session.isClosed()) {
      return;
    }
    paused = false;
    decoder.resume();
    if (!paused && !session.isClosed()) {
      channel.config().setAutoRead(true);
    }
  }
}
