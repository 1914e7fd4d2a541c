package bdk.p2p.simulator.world;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One connection between two hosts, from the first segment until both ends are gone and nothing is
 * under way. The driver's thread only.
 */
public final class Connection {
  private final Network network;
  private final long id;
  private final End dialler;
  private final End acceptor;

  Connection(Network network, long id, SimChannel channel, Host to, InetSocketAddress address) {
    this.network = network;
    this.id = id;
    this.dialler = new End(channel.host(), channel.localAddress());
    this.acceptor = new End(to, address);
    dialler.channel = channel;
    dialler.outbound = new Flow(this, ConnectionEnd.DIALLER, network);
    acceptor.outbound = new Flow(this, ConnectionEnd.ACCEPTOR, network);
  }

  /** Connections are numbered from 1 in the order in which they were dialled. */
  public long id() {
    return id;
  }

  public Host host(ConnectionEnd end) {
    return at(end).host;
  }

  /** The address of an end, as the other end sees it. */
  public InetSocketAddress address(ConnectionEnd end) {
    return at(end).address;
  }

  @Override
  public String toString() {
    return "connection %d from %s to %s".formatted(id, dialler.address, acceptor.address);
  }

  /** What the end sends. */
  Flow outbound(ConnectionEnd end) {
    return at(end).outbound;
  }

  /** The acceptor's machine has taken the connection: from now on it counts as open there. */
  void onAccepted(SimChannel channel) {
    acceptor.channel = channel;
    network.remember(this);
    network.record(acceptor.host, TraceEvent.ACCEPTED, id);
    open(ConnectionEnd.ACCEPTOR);
    acceptor.outbound.sendAtOnce(Segment.accepted());
  }

  /** Hands a segment that has arrived to its end; owns the segment. */
  void deliver(ConnectionEnd end, Segment segment) {
    if (segment.kind() == Segment.Kind.RESET) {
      onReset(end);
    } else if (isReachable(end, segment.kind())) {
      handOver(end, segment);
    } else {
      segment.release();
      if (segment.kind() != Segment.Kind.FIN || at(end).vanished) {
        bounce(end);
      }
    }
    network.forgetIfOver(this);
  }

  /** The window of what this end sends has opened. */
  void onRoom(ConnectionEnd end) {
    SimChannel channel = at(end).channel;
    if (channel.awaitsRoom() && channel.isActive() && channel.isRegistered()) {
      channel.loop().handle(channel::onRoom);
    }
  }

  /** The end, once open, is closed by its owner: with the end of the stream, or with a reset. */
  void onClosed(ConnectionEnd end, boolean abortive) {
    close(end);
    if (abortive) {
      bounce(end);
    } else if (!at(end).reset) {
      at(end).outbound.send(Segment.fin());
    }
    network.forgetIfOver(this);
  }

  /** Something of it has come to nothing. */
  void forgetIfOver() {
    network.forgetIfOver(this);
  }

  /** The machine of this end has lost power. */
  void onVanished(ConnectionEnd end) {
    at(end).vanished = true;
    close(end);
    at(end).outbound.dropWaiting();
    at(end.other()).outbound.loseLanding();
    network.forgetIfOver(this);
  }

  /** The process of this end is gone. */
  void onKilled(ConnectionEnd end) {
    // What it had closed before is the machine's business, which sends the rest of it.
    if (at(end).open) {
      close(end);
      if (isUsable(end)) {
        bounce(end);
      }
    }
    network.forgetIfOver(this);
  }

  /**
   * This end's machine knows nothing of the connection any more, and says so, once; again if that
   * was lost and something still comes in.
   *
   * @return false if it was lost
   */
  boolean bounce(ConnectionEnd end) {
    End here = at(end);
    if (!here.reset || here.untold) {
      here.reset = true;
      here.untold = !here.outbound.sendReset();
    }
    return !here.untold;
  }

  /**
   * Something between the hosts resets the connection, at both ends at once.
   *
   * @return false if it was void already
   */
  boolean cut() {
    boolean any = false;
    for (ConnectionEnd end : ConnectionEnd.values()) {
      if (isUsable(end) && at(end).channel != null) {
        any = true;
        network.record(at(end).host, TraceEvent.RESET, id);
        breakOff(end, new IOException("Connection reset by peer"));
      }
    }
    network.forgetIfOver(this);
    return any;
  }

  /** Nobody has answered for too long; the other end learns of it when it sends something. */
  void giveUp(ConnectionEnd end) {
    at(end).untold = true;
    breakOff(end, new IOException("Connection timed out"));
    network.forgetIfOver(this);
  }

  /** Something that was under way is given up. */
  void onDropped() {
    network.forgetIfOver(this);
  }

  /** True if the end still has to do with the connection: not reset, and its machine has power. */
  boolean isUsable(ConnectionEnd end) {
    return !at(end).reset && !at(end).vanished;
  }

  boolean isOver() {
    return dialler.isGone()
        && acceptor.isGone()
        && dialler.outbound.isIdle()
        && acceptor.outbound.isIdle();
  }

  void release() {
    dialler.outbound.dropAll();
    acceptor.outbound.dropAll();
  }

  private boolean isReachable(ConnectionEnd end, Segment.Kind kind) {
    SimChannel channel = at(end).channel;
    return kind == Segment.Kind.ACCEPTED ? channel.isConnecting() : channel.isActive();
  }

  private void handOver(ConnectionEnd end, Segment segment) {
    SimChannel channel = at(end).channel;
    switch (segment.kind()) {
      case ACCEPTED -> {
        network.record(at(end).host, TraceEvent.CONNECTED, id);
        open(end);
        channel.loop().handle(channel::onConnected);
      }
      case BYTES -> {
        network.delivered(this, end, segment.bytes());
        channel.loop().handle(() -> channel.onBytes(segment.bytes()));
      }
      case FIN -> {
        network.record(at(end).host, TraceEvent.FIN, id);
        channel.loop().handle(channel::onEndOfStream);
      }
      case RESET -> throw new AssertionError("resets go another way");
    }
  }

  private void onReset(ConnectionEnd end) {
    if (isUsable(end)) {
      network.record(at(end).host, TraceEvent.RESET, id);
      breakOff(end, new IOException("Connection reset by peer"));
    }
  }

  private void breakOff(ConnectionEnd end, IOException reason) {
    End here = at(end);
    here.reset = true;
    here.outbound.dropWaiting();
    if (here.channel.isOpen()) {
      here.channel.loop().handle(() -> here.channel.onBroken(reason));
    }
  }

  private void open(ConnectionEnd end) {
    at(end).open = true;
    network.opened(this, end);
  }

  private void close(ConnectionEnd end) {
    if (at(end).open) {
      at(end).open = false;
      network.closed(this, end);
    }
  }

  private End at(ConnectionEnd end) {
    return end == ConnectionEnd.DIALLER ? dialler : acceptor;
  }

  /** What the connection is at one end. */
  private static final class End {
    private final Host host;
    private final InetSocketAddress address;
    private Flow outbound;
    // Null at the acceptor until it accepts.
    private SimChannel channel;
    // Nothing more is sent: a reset went out or came in.
    private boolean reset;
    // The other end does not know of it.
    private boolean untold;
    private boolean vanished;
    private boolean open;

    private End(Host host, InetSocketAddress address) {
      this.host = host;
      this.address = address;
    }

    private boolean isGone() {
      return channel == null || !channel.isOpen();
    }
  }
}
