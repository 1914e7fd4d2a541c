package bdk.p2p.identity;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.PeerIdentity;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a node believes: those whom one of its authorities vouches for, and the holders of the keys
 * that are pinned. In either case the certificate must be valid at that time. Immutable; any
 * thread.
 *
 * <p>Bounded by what the JDK's TLS lets through: at most ten certificates of a peer, in a handshake
 * message of at most 32 KiB. Asks nobody whether a certificate was revoked: a key that must go is
 * refused by an admission rule.
 */
public final class Trust {
  private static final String ANY_USE = "2.5.29.37.0";
  private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";

  private final List<X509Certificate> authorities;
  private final Set<PeerIdentity> pinned;

  /**
   * @throws IllegalArgumentException if nobody could be trusted
   */
  public Trust(List<X509Certificate> authorities, Iterable<PeerIdentity> pinned) {
    this.authorities = List.copyOf(authorities);
    this.pinned = new LinkedHashSet<>();
    pinned.forEach(this.pinned::add);
    if (this.authorities.isEmpty() && this.pinned.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody could be trusted: name an authority or pin an identity");
    }
  }

  /** Why the holder of this chain is not believed, if so. */
  Optional<CloseReason> distrusts(List<X509Certificate> chain, boolean isServer, Instant now) {
    X509Certificate leaf = chain.get(0);
    PeerIdentity identity = PeerIdentity.of(leaf.getPublicKey());
    String whose = "the peer's certificate (" + leaf.getSubjectX500Principal().getName() + ") ";
    Optional<String> objection = dates(leaf, now);
    if (objection.isEmpty() && !pinned.contains(identity)) {
      objection = authorities.isEmpty() ? notPinned(identity) : path(chain, isServer, now);
    }
    return objection.map(what -> new CloseReason(Code.UNTRUSTED, whose + what));
  }

  /** What is wrong with the dates of a certificate, if anything. */
  static Optional<String> dates(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    Instant begin = certificate.getNotBefore().toInstant();
    if (now.isAfter(end)) {
      return Optional.of("has expired at " + end + ", and it is " + now);
    }
    if (now.isBefore(begin)) {
      return Optional.of("is not valid before " + begin + ", and it is " + now);
    }
    return Optional.empty();
  }

  private static Optional<String> notPinned(PeerIdentity identity) {
    return Optional.of("is of identity " + identity + ", which is not pinned");
  }

  private Optional<String> path(List<X509Certificate> chain, boolean isServer, Instant now) {
    X509Certificate leaf = chain.get(0);
    try {
      if (!isFor(leaf, isServer)) {
        return Optional.of("must not be used by a TLS " + (isServer ? "server" : "client"));
      }
      validate(chain, now);
      return Optional.empty();
    } catch (GeneralSecurityException refusal) {
      return Optional.of(
          "leads to no trusted authority: it is issued by "
              + leaf.getIssuerX500Principal().getName()
              + " ("
              + refusal.getMessage()
              + ")");
    }
  }

  private static boolean isFor(X509Certificate leaf, boolean isServer)
      throws CertificateParsingException {
    List<String> uses = leaf.getExtendedKeyUsage();
    return uses == null
        || uses.contains(ANY_USE)
        || uses.contains(isServer ? SERVER_USE : CLIENT_USE);
  }

  private void validate(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new LinkedHashSet<>();
    authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setDate(Date.from(now));
    parameters.setRevocationEnabled(false);
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below(chain));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  /** The part of the chain beneath the first authority in it. */
  private List<X509Certificate> below(List<X509Certificate> chain) {
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate one : chain) {
      if (authorities.contains(one)) {
        break;
      }
      path.add(one);
    }
    return path;
  }

  @Override
  public String toString() {
    return authorities.size() + " authorities, " + pinned.size() + " pinned identities";
  }
}
