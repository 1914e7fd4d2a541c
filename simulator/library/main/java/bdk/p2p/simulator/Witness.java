package bdk.p2p.simulator;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Message;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    if (isPunishment(reason)) {
      punished(peer.id().address(), "closed on " + peer + ": " + reason);
    }
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    if (isPunishment(reason)) {
      punished(address.getAddress(), "refused " + address + ": " + reason);
    }
  }

  @Override
  public void banned(Ban ban) {
    punished(ban.address(), "banned " + ban);
  }

  private static boolean isPunishment(CloseReason reason) {
    return switch (reason.code()) {
      case VIOLATION, FOREIGN_PORT, BANNED, INTERNAL_ERROR -> true;
      default -> false;
    };
  }

  private void punished(InetAddress whom, String how) {
    if (honest.test(whom)) {
      claims.broken(Claims.NOBODY_PUNISHED, self + " " + how, null);
    }
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    failures.accept(cause);
    claims.broken(
        Claims.HANDLERS_SUCCEED, self + ", " + message + " of " + peer + ": " + cause, cause);
  }
}
