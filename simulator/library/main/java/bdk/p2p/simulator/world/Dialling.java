package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Fate.Outcome;
import bdk.p2p.simulator.fault.Passage;
import java.net.ConnectException;

/**
 * The first segment of a connection and what the other host makes of it: it accepts, refuses, or
 * does not answer.
 *
 * <pre>
 *   dialler                      acceptor
 *      | ---- may I? -------------> |        half a round trip
 *      |                            |  nobody listens: refuse
 *      |                            |  down, or the queue of its listener is full: silence,
 *      |                            |  and it is asked again, like after a loss
 *      | &lt;--- accepted, refused --- |        one round trip
 * </pre>
 */
final class Dialling {
  private final Network network;
  private final Connection connection;
  private final SimChannel channel;
  private final Losses losses = Losses.ofDial();

  Dialling(Network network, Connection connection, SimChannel channel) {
    this.network = network;
    this.connection = connection;
    this.channel = channel;
  }

  void start() {
    channel.join(connection, ConnectionEnd.DIALLER);
    ask();
  }

  private void ask() {
    Link link = network.link(dialler(), acceptor());
    Fate fate = link.judge(Passage.Kind.DIAL, connection.id(), 0, losses);
    switch (fate.outcome()) {
      case PASS -> link.carry(new Link.Order(), 0, fate.delayNanos(), this::onArrival);
      case LOSE, HOLD -> network.later(losses, this::askAgain);
      case CUT, REFUSE -> link.carry(new Link.Order(), 0, this::refuse);
    }
  }

  private void askAgain() {
    if (channel.isConnecting()) {
      ask();
    }
  }

  private void refuse() {
    Link back = network.link(acceptor(), dialler());
    Fate fate = back.judge(Passage.Kind.RESET, connection.id(), 0, Losses.NONE);
    if (fate.outcome() == Outcome.LOSE || fate.outcome() == Outcome.HOLD) {
      network.later(losses, this::askAgain);
    } else {
      back.carry(new Link.Order(), 0, fate.delayNanos(), this::onRefused);
    }
  }

  private void onArrival() {
    if (!acceptor().isUp()) {
      network.later(losses, this::askAgain);
      return;
    }
    int port = connection.address(ConnectionEnd.ACCEPTOR).getPort();
    SimServerChannel listener = acceptor().listener(port);
    if (listener == null) {
      refuse();
    } else if (listener.hasRoom()) {
      SimChannel accepted = listener.newChild(connection);
      connection.onAccepted(accepted);
      listener.loop().handle(() -> listener.onConnection(accepted));
    } else {
      network.later(losses, this::askAgain);
    }
  }

  private void onRefused() {
    if (channel.isConnecting()) {
      network.record(dialler(), TraceEvent.REFUSED, connection.id());
      String address = connection.address(ConnectionEnd.ACCEPTOR).toString();
      ConnectException refused = new ConnectException("Connection refused: " + address);
      channel.loop().handle(() -> channel.onConnectFailed(refused));
    }
  }

  private Host dialler() {
    return connection.host(ConnectionEnd.DIALLER);
  }

  private Host acceptor() {
    return connection.host(ConnectionEnd.ACCEPTOR);
  }
}
