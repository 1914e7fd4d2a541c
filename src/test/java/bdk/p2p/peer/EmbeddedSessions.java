package bdk.p2p.peer;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.session.InboundRates;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionContext;
import bdk.p2p.session.SessionEvents;
import bdk.p2p.session.SessionLimits;
import bdk.p2p.session.TrafficCounters;
import bdk.p2p.wire.Originals;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sessions that go nowhere, on channels that the test feeds. For one thread. */
public final class EmbeddedSessions implements AutoCloseable {
  private final SystemEnvironment environment =
      new SystemEnvironment("embedded-sessions", Transport.NIO, 1, 1);
  private final SessionContext context;

  public EmbeddedSessions(NodeBudgets budgets, int maxPayloadBytes) {
    this(budgets, maxPayloadBytes, new NobodyListens());
  }

  EmbeddedSessions(NodeBudgets budgets, int maxPayloadBytes, SessionEvents events) {
    this(budgets, maxPayloadBytes, events, new InboundRates(List.of(), Map.of(), address -> true));
  }

  EmbeddedSessions(
      NodeBudgets budgets, int maxPayloadBytes, SessionEvents events, InboundRates rates) {
    Duration limit = Duration.ofMinutes(1);
    context =
        new SessionContext(
            environment,
            new SessionLimits(limit, limit, limit, limit, 1, 1, 1, 1, 1),
            (type, command) -> maxPayloadBytes,
            Originals.NONE,
            NodeType.NORMAL,
            1,
            events,
            budgets,
            rates,
            new TrafficCounters(),
            Map.of());
  }

  /** A session that was dialled, before its peer's handshake. */
  Session dialled(NodeId id) {
    return session(id, id);
  }

  /** A session whose peer dialled; its handshake has come. */
  public Session accepted(NodeId id) {
    Session session = shaken(session(id, null), id);
    if (!id.equals(session.id())) {
      throw new AssertionError(session.id());
    }
    return session;
  }

  /** The same session, when the handshake of a NORMAL peer has come. */
  Session shaken(Session dialled) {
    return shaken(dialled, dialled.id());
  }

  private static Session shaken(Session session, NodeId id) {
    byte[] handshake = {0, (byte) (id.port() >> 8), (byte) id.port()};
    channel(session).writeInbound(Unpooled.wrappedBuffer(handshake));
    return session;
  }

  private Session session(NodeId id, NodeId dialled) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return id.socketAddress();
          }

          @Override
          protected SocketAddress localAddress0() {
            return new InetSocketAddress("127.0.0.1", 7000);
          }
        };
    Session session = new Session(channel, dialled, context);
    session.attach(channel);
    channel.pipeline().fireChannelActive();
    return session;
  }

  /** What the test feeds. */
  static EmbeddedChannel channel(Session session) {
    return (EmbeddedChannel) session.attachment();
  }

  @Override
  public void close() {
    environment.close(Duration.ofSeconds(1));
  }
}
