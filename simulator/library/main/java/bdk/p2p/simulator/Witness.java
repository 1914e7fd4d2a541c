package bdk.p2p.simulator;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Message;
import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Holds a node to the built-in claims by what it tells. The simulation's thread only. */
final class Witness implements NodeListener {
  private final SimNode self;
  private final Claims claims;
  private final Predicate<InetAddress> honest;
  private final Consumer<Throwable> failures;

  /**
   * Beside a node's own listeners.
   *
   * @param honest true for the machines of nodes: whoever punishes others is right
   * @param failures hears what handlers throw
   */
  Witness(
      SimNode self, Claims claims, Predicate<InetAddress> honest, Consumer<Throwable> failures) {
    this.self = self;
    this.claims = claims;
    this.honest = honest;
    this.failures = failures;
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    boolean punished =
        reason.code() == CloseReason.Code.VIOLATION
            || reason.code() == CloseReason.Code.INTERNAL_ERROR;
    if (punished && honest.test(peer.id().address())) {
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
