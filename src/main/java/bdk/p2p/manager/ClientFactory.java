package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.identity.TlsProfile;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionContext;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Makes outbound sessions. Any thread. */
final class ClientFactory {
  private final Environment environment;
  private final SessionContext context;
  private final Optional<TlsProfile> tls;
  private final int connectTimeoutMillis;
  private final Optional<NodeId> listening;

  /**
   * @param listening where this node listens; dials leave from that address, so that peers see the
   *     address that they can dial back
   */
  ClientFactory(
      Environment environment,
      SessionContext context,
      Optional<TlsProfile> tls,
      Duration connectTimeout,
      Optional<NodeId> listening) {
    this.environment = environment;
    this.context = context;
    this.tls = tls;
    this.connectTimeoutMillis =
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, connectTimeout.toMillis()));
    this.listening = listening;
  }

  /**
   * Starts a dial. All further news, a failed connection included, comes as events of the session.
   *
   * @param expected who must be there, if that is known; a node without TLS cannot tell
   * @param neverBegan told if there is not even a session, for want of descriptors perhaps
   */
  void dial(NodeId id, Optional<PeerIdentity> expected, Consumer<CloseReason> neverBegan) {
    Bootstrap bootstrap =
        environment
            .clientBootstrap()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis);
    sourceFor(id).ifPresent(bootstrap::localAddress);
    CompletableFuture<Session> session = new CompletableFuture<>();
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            tls.ifPresent(profile -> profile.secure(channel, true, expected));
            session.complete(new Session(channel, id, context));
          }
        });
    bootstrap
        .connect(id.socketAddress())
        .addListener(
            done -> {
              if (!done.isSuccess() && session.isDone()) {
                session.thenAccept(one -> one.close(failed(done.cause())));
              } else if (!done.isSuccess()) {
                neverBegan.accept(failed(done.cause()));
              }
            });
  }

  private static CloseReason failed(Throwable cause) {
    return new CloseReason(Code.CONNECT_FAILED, String.valueOf(cause.getMessage()));
  }

  private Optional<InetSocketAddress> sourceFor(NodeId target) {
    return listening
        .map(NodeId::address)
        .filter(address -> !address.isAnyLocalAddress())
        .filter(address -> address.getClass() == target.address().getClass())
        .filter(address -> address.isLoopbackAddress() == target.address().isLoopbackAddress())
        .map(address -> new InetSocketAddress(address, 0));
  }
}
