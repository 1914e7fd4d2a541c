package bdk.p2p.simulator.bench;

import bdk.p2p.manager.TlsOptions;
import bdk.p2p.message.PeerIdentity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * The keys of one bench, in a folder: one for who listens and one for who dials, which trust each
 * other. Immutable.
 */
record Keys(Path folder) implements AutoCloseable {
  private static final String LISTENER = "listener";
  private static final String DIALLER = "dialler";
  private static final String NETWORK = "bench";
  private static final String STORE_TYPE = "PKCS12";
  private static final String ALIAS = "node";

  /** Guards nothing: the keys live as long as the bench. */
  private static final String PASSWORD = "of the bench";

  private static final long LIMIT_SECONDS = 60;

  /** Makes new ones with the JDK's keytool, in a folder of their own. */
  static Keys make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bdk-sim-bench");
    for (String who : List.of(LISTENER, DIALLER)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keystore",
                  folder.resolve(who).toString(),
                  "-storetype",
                  STORE_TYPE,
                  "-storepass",
                  PASSWORD,
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "Ed25519",
                  "-dname",
                  "CN=" + who)
              .redirectErrorStream(true)
              .redirectOutput(log(folder, who).toFile())
              .start();
      if (!keytool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool made no key: " + Files.readString(log(folder, who)));
      }
    }
    return new Keys(folder);
  }

  /** For a node. */
  TlsOptions options(boolean dials) throws IOException, GeneralSecurityException {
    return TlsOptions.network(NETWORK)
        .pkcs12(folder.resolve(own(dials)), PASSWORD.toCharArray())
        // A relay listens and dials with one key.
        .pin(PeerIdentity.of(certificate(LISTENER).getPublicKey()))
        .pin(PeerIdentity.of(certificate(DIALLER).getPublicKey()))
        .build();
  }

  /** For a bare pipeline: what a node speaks, by Netty's own handler. */
  SslContext context(boolean dials) throws IOException, GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store(own(dials)), PASSWORD.toCharArray());
    SslContextBuilder builder =
        dials
            ? SslContextBuilder.forClient()
                .keyManager(own)
                .endpointIdentificationAlgorithm(null) // a key is trusted, not a name
            : SslContextBuilder.forServer(own).clientAuth(ClientAuth.REQUIRE);
    return builder
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3")
        .trustManager(certificate(own(!dials)))
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                "bdk/" + NETWORK + "/1"))
        .build();
  }

  /** Deletes them. */
  @Override
  public void close() throws IOException {
    for (String who : List.of(LISTENER, DIALLER)) {
      Files.deleteIfExists(folder.resolve(who));
      Files.deleteIfExists(log(folder, who));
    }
    Files.delete(folder);
  }

  private static Path log(Path folder, String who) {
    return folder.resolve(who + ".log");
  }

  private static String own(boolean dials) {
    return dials ? DIALLER : LISTENER;
  }

  private X509Certificate certificate(String who) throws IOException, GeneralSecurityException {
    return (X509Certificate) store(who).getCertificate(ALIAS);
  }

  private KeyStore store(String who) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    try (InputStream in = Files.newInputStream(folder.resolve(who))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
