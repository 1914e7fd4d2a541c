package bdk.p2p.simulator.world;

import java.net.ConnectException;

/**
 * The first segment of a connection and what the other host makes of it: it accepts, refuses, or
 * does not answer.
 *
 * <pre>
 *   dialler                      acceptor
 *      | ---- may I? -------------> |        half a round trip
 *      |                            |  nobody listens: refuse
 *      |                            |  down, or the queue of its listener is full: silence
 *      | &lt;--- accepted, refused --- |        one round trip
 * </pre>
 */
final class Dialling {
  private final Network network;
  private final Connection connection;
  private final SimChannel channel;

  Dialling(Network network, Connection connection, SimChannel channel) {
    this.network = network;
    this.connection = connection;
    this.channel = channel;
  }

  void start() {
    channel.join(connection, ConnectionEnd.DIALLER);
    network.link(dialler(), acceptor()).carry(new Link.Order(), 0, this::onArrival);
  }

  private void onArrival() {
    if (!acceptor().isUp()) {
      return;
    }
    int port = connection.address(ConnectionEnd.ACCEPTOR).getPort();
    SimServerChannel listener = acceptor().listener(port);
    if (listener == null) {
      network.link(acceptor(), dialler()).carry(new Link.Order(), 0, this::onRefused);
    } else if (listener.hasRoom()) {
      SimChannel accepted = listener.newChild(connection);
      connection.onAccepted(accepted);
      listener.loop().handle(() -> listener.onConnection(accepted));
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
