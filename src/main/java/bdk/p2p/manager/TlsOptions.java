package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.identity.Credentials;
import bdk.p2p.identity.KeyFiles;
import bdk.p2p.identity.TlsProfile;
import bdk.p2p.identity.Trust;
import bdk.p2p.message.PeerIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a node needs to speak TLS 1.3: the network it belongs to, its own key and certificate, and
 * whom it trusts. Immutable; any thread. Files are read once, when they are named.
 *
 * <p>A peer is trusted if one of the authorities vouches for its certificate, or if its key is
 * pinned; in both cases the certificate's dates must be right. Whether a certificate was revoked is
 * asked of nobody: an {@link AdmissionRule} can refuse an identity.
 */
public final class TlsOptions {
  private final String network;
  private final Credentials credentials;
  private final Trust trust;

  private TlsOptions(String network, Credentials credentials, Trust trust) {
    this.network = network;
    this.credentials = credentials;
    this.trust = trust;
  }

  /**
   * Begins to describe the TLS of a node.
   *
   * @param network the network's name: 1 to 64 letters, digits, dots, dashes and underscores; nodes
   *     of other networks are refused in the TLS handshake
   */
  public static Builder network(String network) {
    return new Builder(network);
  }

  /** What others will know this node by. */
  public PeerIdentity identity() {
    return credentials.identity();
  }

  TlsProfile profile(Environment environment) {
    return new TlsProfile(network, credentials, trust, environment);
  }

  /** Shows network, subject, identity and how many are trusted; never the key. */
  @Override
  public String toString() {
    return "TLS in network " + network + " as " + credentials + ", trusting " + trust;
  }

  /**
   * Collects the parts. For one thread. Whatever is wrong with a file is an {@code
   * IllegalArgumentException} that names the file and the fault: it is missing, the password is
   * wrong, there is no key in it, the key is encrypted or does not belong to the certificate.
   */
  public static final class Builder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String network;
    private final List<X509Certificate> authorities = new ArrayList<>();
    private final Set<PeerIdentity> pinned = new LinkedHashSet<>();
    private Optional<Credentials> credentials = Optional.empty();

    private Builder(String network) {
      if (!NAME.matcher(network).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no name of a network: it takes 1 to 64 letters, digits, '.', '-' and '_'"
                .formatted(network));
      }
      this.network = network;
    }

    /**
     * This node's key and certificate, from PEM files.
     *
     * @param certificates its own certificate first, then those of authorities between it and the
     *     one that others trust
     * @param key the private key, in PKCS8 and not encrypted
     */
    public Builder pem(Path certificates, Path key) {
      credentials = Optional.of(KeyFiles.pem(certificates, key));
      return this;
    }

    /** This node's key and certificates, from a PKCS12 file that holds one key. */
    public Builder pkcs12(Path file, char[] password) {
      credentials = Optional.of(KeyFiles.pkcs12(file, password));
      return this;
    }

    /** Trusts whom the authorities in a PEM file vouch for. */
    public Builder authorities(Path pem) {
      authorities.addAll(KeyFiles.authorities(pem));
      return this;
    }

    /** Trusts whom the authorities vouch for that a PKCS12 file holds as trusted certificates. */
    public Builder authorities(Path pkcs12, char[] password) {
      authorities.addAll(KeyFiles.authorities(pkcs12, password));
      return this;
    }

    /** Trusts the holder of this key, whoever vouches for it. */
    public Builder pin(PeerIdentity identity) {
      pinned.add(Objects.requireNonNull(identity, "identity"));
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalArgumentException if there is no key, or nobody to trust
     */
    public TlsOptions build() {
      return new TlsOptions(
          network,
          credentials.orElseThrow(
              () -> new IllegalArgumentException("TLS takes a key and a certificate of the node")),
          new Trust(authorities, pinned));
    }
  }
}
