package bdk.p2p.identity;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.PeerIdentity;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateExecutor;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The TLS of one node: puts TLS 1.3 with certificates of both sides beneath the sessions of its
 * channels. Immutable but for a counter; any thread.
 *
 * <pre>
 *  socket | TlsDoor | SslHandler | TlsOutcome | handshake and frames of BDK, as in plaintext
 * </pre>
 *
 * <p>Each connection has a context of its own, so there is nothing to resume a session from: every
 * connection proves anew who is there. The work of TLS is done on the event loop: in its order,
 * without a queue, and not behind handlers that occupy the workers.
 */
public final class TlsProfile {
  /** How long a closing connection may take to write its last record. */
  private static final Duration CLOSE_NOTIFY_LIMIT = Duration.ofSeconds(1);

  private static final String VERSION = "TLSv1.3";

  private final String protocol;
  private final Credentials credentials;
  private final Trust trust;
  private final Environment environment;
  private final Partings partings = new Partings();

  /**
   * @param network the name of the network; nodes of others are refused
   * @param environment its clock judges the dates of certificates, its secure randomness is all
   *     that TLS draws from
   */
  public TlsProfile(String network, Credentials credentials, Trust trust, Environment environment) {
    this.protocol = "bdk/" + network + "/1";
    this.credentials = credentials;
    this.trust = trust;
    this.environment = environment;
  }

  /**
   * Adds TLS at the end of the pipeline of a channel that has not begun to read.
   *
   * @param dials whether this node has dialled, and so is the client
   * @param expected the identity that must be there, if it is known
   */
  public void secure(Channel channel, boolean dials, Optional<PeerIdentity> expected) {
    Examination examination = new Examination(trust, environment.clock(), protocol, expected);
    SslHandler tls = new SslHandler(engine(examination, dials), ImmediateExecutor.INSTANCE);
    // The time-out of the session's handshake covers this one, too.
    tls.setHandshakeTimeoutMillis(0);
    tls.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_LIMIT.toMillis());
    TlsDoor door = new TlsDoor(dials, partings);
    TlsFailures failures =
        new TlsFailures(examination, protocol, credentials.certificate(), environment.clock());
    channel.pipeline().addLast(door, tls, new TlsOutcome(tls, door, failures));
  }

  /** The node stops: closes what no session knows of any more. Done when all of it is closed. */
  public CompletableFuture<Void> end() {
    return partings.end();
  }

  private SSLEngine engine(Examination examination, boolean dials) {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(
          new KeyManager[] {new OneKey(credentials)},
          new TrustManager[] {examination},
          environment.secureRandom());
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(dials);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setProtocols(new String[] {VERSION});
      parameters.setApplicationProtocols(new String[] {protocol});
      parameters.setNeedClientAuth(true);
      engine.setSSLParameters(parameters);
      if (!dials) {
        engine.setHandshakeApplicationProtocolSelector(examination::select);
      }
      return engine;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java runtime has no " + VERSION, missing);
    }
  }

  /**
   * Tells the peer that nothing more comes, if the channel speaks TLS; what the peer sends is still
   * read. Event loop only.
   *
   * @return done when it is written
   */
  public static ChannelFuture endOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
  }

  @Override
  public String toString() {
    return protocol + " as " + credentials;
  }
}
