package bdk.p2p.identity;

import bdk.p2p.message.PeerIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a node proves with who it is. Immutable; any thread.
 *
 * @param key the private key
 * @param chain its certificate, then those of the authorities that vouch for it, in order
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
  /** The chain must not be empty. */
  public Credentials {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** What others know the holder by. */
  public PeerIdentity identity() {
    return PeerIdentity.of(certificate().getPublicKey());
  }

  /** Shows the certificate's subject, never the key. */
  @Override
  public String toString() {
    return certificate().getSubjectX500Principal() + " " + identity();
  }
}
