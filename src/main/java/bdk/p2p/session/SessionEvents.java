package bdk.p2p.session;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import java.util.List;

/**
 * What a session tells the floors above. Every call comes on the session's event loop, so it must
 * not block or run user code; only {@link #unsent} may come on another thread after the loop has
 * ended.
 */
public interface SessionEvents {
  /**
   * The connection stands. To be {@linkplain Session#greet greeted} now, or when the peer's
   * handshake has shown that it is welcome.
   */
  void connected(Session session);

  /**
   * The peer's handshake has come: id and type are known. To be admitted or closed, now or later.
   */
  void handshaken(Session session);

  /**
   * A request, broadcast or notification that the core does not settle by itself. It holds its
   * share of the session's inbox until {@link Handling#done} or {@link Handling#answer}.
   */
  void received(Session session, Message message);

  /** What one reading of the socket has brought has been told. */
  void readComplete(Session session);

  /**
   * A message was dropped. It holds its share of the inbox until {@link Handling#done}, which
   * bounds how far a peer can get ahead of whoever is told.
   */
  void dropped(Session session, Message message, DropReason reason);

  /** A ping with this id came in on a session that the peer dialled. */
  void pinged(Session session, long id);

  /**
   * Frames that have come in part take more memory than all sessions together may: somebody has to
   * go.
   */
  void arrivingOverBudget();

  /**
   * What waits to be handled or written takes twice the memory that it may: somebody has to go. Any
   * thread.
   */
  void waitingOverBudget();

  /**
   * There is room again for answers to this peer, for which {@link Handling#mayAnswer} was false.
   */
  void mayAnswer(Session session);

  /**
   * The session has ended; comes once, also if the handshake was never finished.
   *
   * @param unsent what was accepted and will not be written here, as for {@link #unsent}
   */
  void closed(Session session, CloseReason reason, List<Outbound> unsent);

  /**
   * Messages that were accepted and will not be written here; the frames are the receiver's now.
   * After the end only what was handed over at that very moment.
   */
  void unsent(Session session, List<Outbound> messages);
}
