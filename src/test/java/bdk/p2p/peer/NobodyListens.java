package bdk.p2p.peer;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionEvents;
import java.util.List;

/** A floor above a session that does nothing. */
class NobodyListens implements SessionEvents {
  @Override
  public void connected(Session session) {}

  @Override
  public void handshaken(Session session) {}

  @Override
  public void received(Session session, Message message) {}

  @Override
  public void readComplete(Session session) {}

  @Override
  public void dropped(Session session, Message message, DropReason reason) {}

  @Override
  public void pinged(Session session, long id) {}

  @Override
  public void closed(Session session, CloseReason reason, List<Outbound> unsent) {}

  @Override
  public void unsent(Session session, List<Outbound> messages) {}

  @Override
  public void mayAnswer(Session session) {}

  @Override
  public void arrivingOverBudget() {}

  @Override
  public void waitingOverBudget() {}
}
