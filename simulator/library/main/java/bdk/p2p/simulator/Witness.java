package bdk.p2p.simulator;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Message;
import java.util.function.Consumer;

/** Holds a node to the built-in claims by what it tells. The simulation's thread only. */
final class Witness implements NodeListener {
  private final SimNode self;
  private final Claims claims;
  private final Consumer<Throwable> failures;

  Witness(SimNode self, Claims claims, Consumer<Throwable> failures) {
    this.self = self;
    this.claims = claims;
    this.failures = failures;
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    if (reason.code() == CloseReason.Code.VIOLATION
        || reason.code() == CloseReason.Code.INTERNAL_ERROR) {
      claims.broken(Claims.NOBODY_PUNISHED, self + " closed on " + peer + ": " + reason, null);
    }
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    failures.accept(cause);
    claims.broken(
        Claims.HANDLERS_SUCCEED, self + ", " + message + " of " + peer + ": " + cause, cause);
  }
}
