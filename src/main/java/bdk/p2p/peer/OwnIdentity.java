package bdk.p2p.peer;

import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Who this node is, as far as it can know: the port it announces, the address it was told to be
 * known by, and the addresses of its host. Immutable; any thread.
 *
 * @param listening where it listens, if it does; the address may be the unspecified one
 * @param announced the id that the operator wants it known by, if any
 * @param hostAddresses all addresses of the host
 */
public record OwnIdentity(
    Optional<NodeId> listening, Optional<NodeId> announced, Set<InetAddress> hostAddresses) {

  /** The port for handshakes; 0 if each socket's local port stands for it. */
  public int announcedPort() {
    return announced.or(() -> listening).map(NodeId::port).orElse(0);
  }

  /** This node's id as the peer of that session should see it: decides simultaneous dials. */
  public NodeId onSession(Session session) {
    return announced.orElseGet(
        () -> {
          int port = announcedPort();
          return new NodeId(
              session.localAddress().getAddress(),
              port != 0 ? port : session.localAddress().getPort());
        });
  }

  /** True if a node at this address can only be this very node. */
  public boolean isSelf(NodeId id) {
    if (announced.filter(id::equals).isPresent()) {
      return true;
    }
    if (listening.isEmpty() || listening.get().port() != id.port()) {
      return false;
    }
    InetAddress bound = listening.get().address();
    if (!bound.isAnyLocalAddress()) {
      return bound.equals(id.address());
    }
    return id.address().isLoopbackAddress()
        || id.address().isAnyLocalAddress()
        || hostAddresses.contains(id.address());
  }
}
