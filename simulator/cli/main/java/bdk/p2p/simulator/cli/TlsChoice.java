package bdk.p2p.simulator.cli;

import bdk.p2p.manager.TlsOptions;
import bdk.p2p.message.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options {@code --tls...} of a node. For one thread. */
final class TlsChoice {
  @Option(
      names = "--tls",
      paramLabel = "NETWORK",
      description = "Speaks TLS 1.3, with nodes of this network only; default plaintext.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The node's key: PKCS12 with its certificates, or PEM with --tls-certificate.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The node's certificates in PEM, its own first.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "Holds the password of the PKCS12 file in its first line.")
  private Optional<Path> password = Optional.empty();

  @Option(
      names = "--tls-trust",
      paramLabel = "FILE",
      description = "Authorities to trust, in PEM; may be repeated.")
  private List<Path> trusted = List.of();

  @Option(
      names = "--tls-pin",
      paramLabel = "IDENTITY",
      description = "A peer to trust, whoever vouches for it; may be repeated.")
  private List<String> pinned = List.of();

  /** What was asked for; empty for plaintext. */
  Optional<TlsOptions> options() {
    if (network.isEmpty()) {
      boolean isIdle = key.isEmpty() && certificate.isEmpty() && password.isEmpty();
      if (!isIdle || !trusted.isEmpty() || !pinned.isEmpty()) {
        throw new UsageException("options --tls-... take --tls NETWORK");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(described(network.get()));
    } catch (IllegalArgumentException fault) {
      throw new UsageException("--tls: " + fault.getMessage());
    }
  }

  private TlsOptions described(String name) {
    TlsOptions.Builder tls = TlsOptions.network(name);
    Path keyFile = key.orElseThrow(() -> new UsageException("--tls takes --tls-key FILE"));
    if (certificate.isPresent()) {
      tls.pem(certificate.get(), keyFile);
    } else {
      tls.pkcs12(keyFile, password());
    }
    trusted.forEach(tls::authorities);
    pinned.forEach(identity -> tls.pin(PeerIdentity.parse(identity)));
    return tls.build();
  }

  private char[] password() {
    Path file =
        password.orElseThrow(
            () -> new UsageException("a PKCS12 file takes --tls-password-file FILE"));
    try {
      return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    } catch (IOException unreadable) {
      throw new UsageException("--tls-password-file: " + unreadable);
    }
  }
}
