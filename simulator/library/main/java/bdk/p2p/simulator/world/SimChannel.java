package bdk.p2p.simulator.world;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;

/** One end of a simulated TCP connection, as its node sees it. Event loop only. */
final class SimChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

  private final VirtualEnvironment home;
  private final SocketOptions options = new SocketOptions(this, this::onAutoReadCleared);
  private final ReceivedBytes received = new ReceivedBytes(this);
  private final Segmenter segmenter;
  private State state;
  private InetSocketAddress local;
  private InetSocketAddress remote;
  private ConnectAttempt attempt;
  private Connection connection;
  private ConnectionEnd end;
  private boolean awaitsRoom;

  /** A channel that can dial. */
  SimChannel(VirtualEnvironment home) {
    this(home, null);
  }

  /** The acceptor's end of a connection that has come in. */
  SimChannel(VirtualEnvironment home, SimServerChannel listener, Connection connection) {
    this(home, listener);
    local = connection.address(ConnectionEnd.ACCEPTOR);
    remote = connection.address(ConnectionEnd.DIALLER);
    join(connection, ConnectionEnd.ACCEPTOR);
    state = State.ACTIVE;
  }

  private SimChannel(VirtualEnvironment home, SimServerChannel listener) {
    super(listener, home.nextChannelId());
    this.home = home;
    this.segmenter = home.newSegmenter(id());
    this.state = home.isAlive() ? State.OPEN : State.VANISHED;
    options.setAllocator(home.allocator());
    home.opened(this);
  }

  Host host() {
    return home.host();
  }

  VirtualEventLoop loop() {
    return home.loop();
  }

  void join(Connection joined, ConnectionEnd asEnd) {
    connection = joined;
    end = asEnd;
  }

  boolean isConnecting() {
    return state == State.CONNECTING;
  }

  void onConnected() {
    state = State.ACTIVE;
    boolean wanted = attempt.succeed();
    attempt = null;
    if (!wanted) {
      unsafe().close(unsafe().voidPromise());
    } else if (isActive()) {
      pipeline().fireChannelActive();
    }
  }

  void onConnectFailed(IOException reason) {
    if (attempt != null) {
      attempt.fail(reason);
      unsafe().close(unsafe().voidPromise());
    }
  }

  /** Bytes have arrived; owns them. */
  void onBytes(ByteBuf bytes) {
    received.add(bytes);
  }

  void onEndOfStream() {
    received.end();
  }

  /** The connection is void: nothing more is sent or received. */
  void onBroken(IOException reason) {
    if (isConnecting()) {
      onConnectFailed(reason);
      return;
    }
    received.release();
    if (!isRegistered()) {
      unsafe().closeForcibly();
      return;
    }
    pipeline().fireExceptionCaught(reason);
    if (isOpen()) {
      unsafe().close(unsafe().voidPromise());
    }
  }

  /** The pipeline has read bytes. */
  void onConsumed(int byteCount) {
    connection.outbound(end.other()).consumed(byteCount);
  }

  /** True if there is more to write than the window took. */
  boolean awaitsRoom() {
    return awaitsRoom;
  }

  /** The window has opened: goes on writing. */
  void onRoom() {
    ((SimUnsafe) unsafe()).resumeWriting();
  }

  /** The host has lost power: no goodbye to anybody. */
  void vanish() {
    state = State.VANISHED;
    received.release();
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
    return state != State.CLOSED && state != State.VANISHED;
  }

  @Override
  public boolean isActive() {
    return state == State.ACTIVE;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
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
    return remote;
  }

  @Override
  protected void doBind(SocketAddress address) throws Exception {
    InetSocketAddress wanted = home.requireOwn(address);
    int port = host().ports().take(wanted.getPort());
    local = new InetSocketAddress(wanted.getAddress(), port);
  }

  @Override
  protected void doBeginRead() {
    received.wantRead();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws Exception {
    if (!connection.isUsable(end)) {
      throw new IOException("Broken pipe");
    }
    Flow outbound = connection.outbound(end);
    awaitsRoom = false;
    while (isActive() && in.current() instanceof ByteBuf first) {
      if (!first.isReadable()) {
        in.remove();
      } else if (outbound.room() > 0) {
        ByteBuf segment = segmenter.next(in, alloc(), outbound.room());
        int byteCount = segment.readableBytes();
        outbound.send(Segment.of(segment));
        in.removeBytes(byteCount);
      } else {
        awaitsRoom = true; // onRoom resumes
        outbound.awaitRoom();
        return;
      }
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException(
        "a channel carries bytes, not " + StringUtil.simpleClassName(message));
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    if (!isOpen()) {
      return;
    }
    State before = state;
    state = State.CLOSED;
    home.closed(this);
    if (parent() == null && local != null) {
      host().ports().release(local.getPort());
    }
    boolean abortive = received.hasUnread() || options.number(ChannelOption.SO_LINGER, -1) == 0;
    received.release();
    if (before == State.ACTIVE) {
      connection.onClosed(end, abortive);
      return;
    }
    if (attempt != null) {
      attempt.fail(new ClosedChannelException());
      attempt = null;
    }
    if (connection != null) {
      // Its acceptor may have taken it and be gone again, and the news of that lost.
      connection.forgetIfOver();
    }
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new SimUnsafe();
  }

  private void connect(SocketAddress wanted, SocketAddress from, ConnectAttempt dial)
      throws Exception {
    if (attempt != null) {
      throw new ConnectionPendingException();
    }
    if (state != State.OPEN) {
      throw new AlreadyConnectedException();
    }
    InetSocketAddress target = VirtualEnvironment.requireResolved(wanted);
    if (local == null) {
      doBind(from != null ? from : home.sourceAddress(target));
    }
    remote = target;
    attempt = dial;
    state = State.CONNECTING;
    dial.start(this, target);
    host().world().network().dial(this, target);
  }

  private void onAutoReadCleared() {
    received.cancelRead();
  }

  private enum State {
    OPEN,
    CONNECTING,
    ACTIVE,
    CLOSED,
    VANISHED
  }

  private final class SimUnsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress wanted, SocketAddress from, ChannelPromise promise) {
      if (promise.isDone() || !ensureOpen(promise)) {
        return;
      }
      try {
        SimChannel.this.connect(wanted, from, new ConnectAttempt(promise));
      } catch (Exception refused) {
        promise.tryFailure(refused);
        closeIfClosed();
      }
    }

    private void resumeWriting() {
      flush0();
    }
  }
}
