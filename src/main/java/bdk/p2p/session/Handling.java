package bdk.p2p.session;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Request;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The end of what one peer sent: each received message gives its place in the inbox back once, by
 * {@link #done}, {@link #doneInTurn} or, if it is a request, {@link #answer}, so that the session
 * reads on. Any thread, but for whoever runs the session's inbox, one thread at a time, where that
 * is said.
 */
public final class Handling {
  private final Session session;
  private final OutboundQueue queue;
  private final InboundShare share;
  private final SessionEvents events;
  private volatile boolean heldBack;

  Handling(Session session, OutboundQueue queue, InboundShare share, SessionEvents events) {
    this.session = session;
    this.queue = queue;
    this.share = share;
    this.events = events;
  }

  /** A message is done with, whatever became of it. */
  public void done(Message message) {
    share.release(message.payloadBytes());
    session.readOn();
  }

  /**
   * The same for whoever runs the session's inbox, who says with {@link #turnEnds} when the place
   * is to be given back.
   */
  public void doneInTurn(Message message) {
    if (share.noteDone(message.payloadBytes())) {
      giveBackNoted();
    }
  }

  /** Gives back what is done with, and lets the answers leave. Of whoever runs the inbox. */
  public void turnEnds() {
    giveBackNoted();
    answersAreThere();
  }

  private void giveBackNoted() {
    if (share.giveBackNoted()) {
      session.readOn();
    }
  }

  /**
   * Answers a request of this peer, whose place is given back when this is written. It leaves after
   * {@link #answersAreThere}.
   *
   * @throws IllegalArgumentException if no frame can hold the answer; the request is not done with
   */
  public void answer(Answer answer, Request request) {
    // First: an answer that no frame can hold is none.
    answer(Outbound.answer(answer, answer.payloadBytes()), request);
  }

  /** The same for a large one, whose payload is copied once, into its frame. */
  public void answerAtOnce(ByteBuffer payload, Request request) {
    ByteBuf frame =
        FrameEncoder.encode(
            session.allocator(), MessageType.ANSWER, request.id(), request.command(), payload);
    answer(Outbound.answer(new SharedFrame(frame), payload.remaining()), request);
  }

  private void answer(Outbound answer, Request request) {
    share.answered(request.payloadBytes(), answer.shareBytes);
    queue.put(answer);
  }

  /** Lets the answers leave that were handed over. */
  public void answersAreThere() {
    if (queue.messages() > 0) {
      session.scheduleDrain();
      session.lookAtBudgets();
    }
  }

  /**
   * True if the session has ended and the node holds more than it may: then what it has brought is
   * not worth handling, or who comes and goes again and again would fill the memory with it.
   */
  public boolean isForsaken() {
    return session.isClosed() && share.isTooMuchForAll();
  }

  /**
   * False while unsent answers alone fill the peer's share. Whoever is told so asks again after
   * {@link SessionEvents#mayAnswer}.
   */
  public boolean mayAnswer() {
    if (session.isClosed() || share.mayAnswer()) {
      return true;
    }
    heldBack = true;
    // Whoever made room in between has not seen it.
    return session.isClosed() || share.mayAnswer();
  }

  /** An answer has left the channel, or the session has ended. */
  void answerLeft() {
    if (heldBack && (session.isClosed() || share.mayAnswer())) {
      heldBack = false;
      events.mayAnswer(session);
    }
  }
}
