package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.identity.TlsProfile;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The listening socket: makes a session of every connection that comes in. Any thread.
 *
 * <p>Connections that come between the bind and {@link #serve} are closed.
 */
final class Server {
  private final Environment environment;
  private volatile Entry entry;
  private volatile Channel channel;

  /** Who comes in. */
  private record Entry(
      SessionContext sessions, Optional<TlsProfile> tls, Predicate<InetSocketAddress> admits) {}

  Server(Environment environment) {
    this.environment = environment;
  }

  /** Binds; the stage has the address, with the real port, or fails with an {@link IOException}. */
  CompletionStage<InetSocketAddress> bind(InetSocketAddress address) {
    CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    ChannelFuture binding =
        environment
            .serverBootstrap()
            .handler(new Acceptance())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accept(accepted);
                  }
                })
            .bind(address);
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            channel = binding.channel();
            bound.complete((InetSocketAddress) binding.channel().localAddress());
          } else {
            bound.completeExceptionally(
                new IOException(
                    "cannot listen on " + address + ": " + done.cause().getMessage(),
                    done.cause()));
          }
        });
    return bound;
  }

  /**
   * From now on connections become sessions.
   *
   * @param tls what each connection is secured with
   * @param admits asked once for each connection, on the listening socket's event loop; who is not
   *     admitted is cut off before there is a session
   */
  void serve(
      SessionContext sessions, Optional<TlsProfile> tls, Predicate<InetSocketAddress> admits) {
    entry = new Entry(sessions, tls, admits);
  }

  private void accept(Channel accepted) {
    Entry open = entry;
    open.tls().ifPresent(profile -> profile.secure(accepted, false, Optional.empty()));
    new Session(accepted, (NodeId) null, open.sessions());
  }

  /** Without an address if the peer has gone while it waited. */
  private boolean admits(Channel accepted) {
    Entry open = entry;
    return open != null
        && accepted.remoteAddress() instanceof InetSocketAddress from
        && open.admits().test(from);
  }

  /** Takes no more connections; the port is free when the stage completes. */
  CompletionStage<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Channel listening = channel;
    if (listening == null) {
      closed.complete(null);
    } else {
      listening.close().addListener(done -> closed.complete(null));
    }
    return closed;
  }

  /**
   * Cuts off who is not admitted before anything is spent on the connection. A failed accept, for
   * want of descriptors perhaps, is Netty's to retry; it must not be logged each time.
   */
  private final class Acceptance extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel connection = (Channel) accepted;
      if (admits(connection)) {
        context.fireChannelRead(connection);
      } else {
        connection.unsafe().closeForcibly();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Netty's acceptor has paused accepting for a second before it passes the failure on.
    }
  }
}
