package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.RuleBook;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hosts' network: who has which address, the links between them, the connections that are still
 * alive, and those who watch. The driver's thread only.
 */
final class Network {
  private final World world;
  private final WorldOptions options;
  private final TraceDigest trace = new TraceDigest();
  private final List<NetworkObserver> observers = new ArrayList<>();
  // Looked up, never iterated: their order depends on the JVM.
  private final Map<InetAddress, Host> hosts = new HashMap<>();
  private final Map<Long, Link> links = new HashMap<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private long nextConnection = 1;

  Network(World world, WorldOptions options) {
    this.world = world;
    this.options = options;
    world.rules().cutter(this::cut);
  }

  void add(Host host) {
    if (hosts.putIfAbsent(host.address(), host) != null) {
      throw new IllegalArgumentException("there is a host with the address " + host.address());
    }
  }

  void observe(NetworkObserver observer) {
    observers.add(observer);
  }

  TraceDigest trace() {
    return trace;
  }

  int windowBytes() {
    return options.windowBytes();
  }

  int segmentBytes() {
    return options.segmentBytes();
  }

  /** Whom an address means, seen from a host: a loopback or wildcard address means itself. */
  Host hostOf(InetAddress address, Host seenFrom) {
    boolean itself = address.isLoopbackAddress() || address.isAnyLocalAddress();
    return itself ? seenFrom : hosts.get(address);
  }

  Link link(Host from, Host to) {
    long key = (long) from.index() << 32 | to.index();
    return links.computeIfAbsent(key, unknown -> new Link(world, from, to, options));
  }

  /** Starts to connect; the channel's own time-out ends what gets no answer. */
  void dial(SimChannel channel, InetSocketAddress remote) {
    long id = nextConnection++;
    Host from = channel.host();
    trace.record(world.now(), from.index(), TraceEvent.DIALLED, id, bytes(remote));
    Host to = hostOf(remote.getAddress(), from);
    if (to != null) {
      new Dialling(this, new Connection(this, id, channel, to, remote), channel).start();
    }
  }

  /** Whom a dial means, so that a run that dials others is another one even if nobody answers. */
  private static ByteBuf bytes(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    return Unpooled.buffer(ip.length + Short.BYTES).writeBytes(ip).writeShort(address.getPort());
  }

  /** Tries again after a loss. */
  void later(Losses losses, Runnable again) {
    Timeline timeline = world.timeline();
    long pause = losses.pauseAfterLoss(timeline.now());
    timeline.at(timeline.after(pause), world.life(), again);
  }

  void remember(Connection connection) {
    connections.add(connection);
  }

  /** How many connections have an end that is not gone, or something under way. */
  int connectionCount() {
    return connections.size();
  }

  void forgetIfOver(Connection connection) {
    if (connection.isOver()) {
      connections.remove(connection);
    }
  }

  void record(Host host, TraceEvent event, long connection) {
    trace.record(world.now(), host.index(), event, connection);
  }

  void opened(Connection connection, ConnectionEnd end) {
    observers.forEach(each -> each.connectionOpened(connection, end, world.now()));
  }

  void closed(Connection connection, ConnectionEnd end) {
    observers.forEach(each -> each.connectionClosed(connection, end, world.now()));
  }

  void delivered(Connection connection, ConnectionEnd end, ByteBuf bytes) {
    trace.record(
        world.now(), connection.host(end).index(), TraceEvent.BYTES, connection.id(), bytes);
    int count = bytes.readableBytes();
    for (NetworkObserver each : observers) {
      each.bytesDelivered(connection, end, count, world.now());
    }
  }

  /** The host has lost power, and with it all that it had not sent yet. */
  void onPowerOff(Host host) {
    for (Connection each : List.copyOf(connections)) {
      for (ConnectionEnd end : ConnectionEnd.values()) {
        if (each.host(end) == host) {
          each.onVanished(end);
        }
      }
    }
  }

  /** The host has power, but its processes are gone: it resets their connections. */
  void onProcessesKilled(Host host) {
    for (Connection each : List.copyOf(connections)) {
      for (ConnectionEnd end : ConnectionEnd.values()) {
        if (each.host(end) == host) {
          each.onKilled(end);
        }
      }
    }
  }

  /** Resets connections at both ends, in the order in which they were accepted. */
  private int cut(RuleBook.EndsFilter ends) {
    world.timeline().assertOutsideLoops();
    int count = 0;
    for (Connection each : List.copyOf(connections)) {
      int dialler = each.host(ConnectionEnd.DIALLER).index();
      int acceptor = each.host(ConnectionEnd.ACCEPTOR).index();
      if (ends.matches(dialler, acceptor) && each.cut()) {
        count++;
      }
    }
    return count;
  }

  /** Releases every buffer that is still under way. */
  void close() {
    connections.forEach(Connection::release);
    connections.clear();
  }
}
