package bdk.p2p.simulator.world;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/** A listening socket of a simulated host. Event loop only. */
final class SimServerChannel extends AbstractChannel implements ServerChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);
  private static final int BACKLOG_BY_DEFAULT = 1_024;

  private final VirtualEnvironment home;
  private final SocketOptions options = new SocketOptions(this, this::onAutoReadCleared);
  private final Queue<SimChannel> backlog = new ArrayDeque<>();
  private InetSocketAddress local;
  private boolean open = true;
  private boolean readWanted;

  SimServerChannel(VirtualEnvironment home) {
    super(null, home.nextChannelId());
    this.home = home;
    home.opened(this);
  }

  VirtualEventLoop loop() {
    return home.loop();
  }

  /** False if more connections wait to be taken than {@code SO_BACKLOG} allows. */
  boolean hasRoom() {
    return backlog.size() < options.number(ChannelOption.SO_BACKLOG, BACKLOG_BY_DEFAULT);
  }

  /** The acceptor's channel of a connection that has just come in. */
  SimChannel newChild(Connection connection) {
    return new SimChannel(home, this, connection);
  }

  /** Takes a connection in; the pipeline gets it as soon as it reads. */
  void onConnection(SimChannel child) {
    backlog.add(child);
    if (readWanted) {
      accept();
    }
  }

  /** The host has lost power. */
  void vanish() {
    open = false;
    backlog.clear();
  }

  @Override
  public ChannelConfig config() {
    return options;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && local != null;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop == home.loop();
  }

  @Override
  protected SocketAddress localAddress0() {
    return local;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return null;
  }

  @Override
  protected void doBind(SocketAddress address) throws Exception {
    if (local != null) {
      throw new BindException("already bound to " + local);
    }
    InetSocketAddress wanted = home.requireOwn(address);
    int port = home.host().ports().take(wanted.getPort());
    local = new InetSocketAddress(wanted.getAddress(), port);
    home.host().listen(port, this);
  }

  @Override
  protected void doBeginRead() {
    if (!readWanted) {
      readWanted = true;
      if (!backlog.isEmpty()) {
        eventLoop().execute(this::accept);
      }
    }
  }

  @Override
  protected void doClose() {
    if (!open) {
      return;
    }
    open = false;
    home.closed(this);
    if (local != null) {
      home.host().stopListening(local.getPort());
      home.host().ports().release(local.getPort());
    }
    // Nobody will ever take these: their diallers are told.
    backlog.forEach(child -> child.unsafe().closeForcibly());
    backlog.clear();
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new ServerUnsafe();
  }

  @Override
  protected void doDisconnect() {
    throw new UnsupportedOperationException("a listening socket is never connected");
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) {
    throw new UnsupportedOperationException("a listening socket carries no bytes");
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    throw new UnsupportedOperationException("a listening socket carries no bytes");
  }

  private void accept() {
    if (!readWanted || !isActive()) {
      return;
    }
    readWanted = false;
    boolean any = false;
    for (int n = 0; n < METADATA.defaultMaxMessagesPerRead() && !backlog.isEmpty(); n++) {
      any = true;
      pipeline().fireChannelRead(backlog.poll());
    }
    if (any) {
      pipeline().fireChannelReadComplete();
    } else {
      readWanted = true;
    }
  }

  private void onAutoReadCleared() {
    readWanted = false;
  }

  private final class ServerUnsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      safeSetFailure(promise, new UnsupportedOperationException("a listening socket never dials"));
    }
  }
}
