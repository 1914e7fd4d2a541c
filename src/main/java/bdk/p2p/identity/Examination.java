package bdk.p2p.identity;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.PeerIdentity;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The examination of one peer while TLS shakes hands with it: is it of this network, is it trusted,
 * is it who was expected there. Keeps the reason of a refusal, which TLS itself makes a single word
 * of. Event loop only.
 */
final class Examination extends X509ExtendedTrustManager {
  private final Trust trust;
  private final Clock clock;
  private final String protocol;
  private final Optional<PeerIdentity> expected;
  private Optional<CloseReason> refusal = Optional.empty();

  /**
   * @param clock what the dates of certificates are compared with
   * @param protocol network and version, as ALPN names them
   * @param expected who must be there, if that is known
   */
  Examination(Trust trust, Clock clock, String protocol, Optional<PeerIdentity> expected) {
    this.trust = trust;
    this.clock = clock;
    this.protocol = protocol;
    this.expected = expected;
  }

  /** Why the peer has failed, if it has. */
  Optional<CloseReason> refusal() {
    return refusal;
  }

  /** Chooses from the protocols that a client offers; null ends the handshake. */
  String select(SSLEngine engine, List<String> offered) {
    if (offered.contains(protocol)) {
      return protocol;
    }
    refusal = Optional.of(wrongNetwork("offers " + String.join(", ", offered)));
    return null;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    examine(List.of(chain), false, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    examine(List.of(chain), true, engine);
  }

  private void examine(List<X509Certificate> chain, boolean isServer, SSLEngine engine)
      throws CertificateException {
    // Nobody resumes a session: each connection proves anew who is there, and no ticket is written,
    // whose bytes would depend on the wall clock.
    engine.getHandshakeSession().invalidate();
    refusal =
        network(engine)
            .or(() -> trust.distrusts(chain, isServer, clock.instant()))
            .or(() -> someoneElse(chain.get(0)));
    if (refusal.isPresent()) {
      throw new CertificateException(refusal.get().detail());
    }
  }

  /** One side without ALPN gets this far. */
  private Optional<CloseReason> network(SSLEngine engine) {
    String agreed = engine.getHandshakeApplicationProtocol();
    return protocol.equals(agreed) ? Optional.empty() : Optional.of(wrongNetwork("names none"));
  }

  private CloseReason wrongNetwork(String what) {
    return new CloseReason(
        Code.WRONG_NETWORK, "this node is of network " + protocol + ", the peer " + what);
  }

  private Optional<CloseReason> someoneElse(X509Certificate leaf) {
    PeerIdentity found = PeerIdentity.of(leaf.getPublicKey());
    return expected
        .filter(wanted -> !wanted.equals(found))
        .map(wanted -> wrongIdentity(wanted, found));
  }

  private static CloseReason wrongIdentity(PeerIdentity wanted, PeerIdentity found) {
    return new CloseReason(
        Code.WRONG_IDENTITY, "identity " + wanted + " was expected there, found " + found);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    // Every peer has one certificate: naming authorities would only tell strangers of them.
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notASocket();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notASocket();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notASocket();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notASocket();
  }

  private static CertificateException notASocket() {
    return new CertificateException("only an engine's handshake is examined here");
  }
}
