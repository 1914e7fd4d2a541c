package bdk.p2p.manager;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Keys and certificates that {@code make.sh} has made. */
final class Keys {
  static final char[] PASSWORD = "secret".toCharArray();

  private Keys() {}

  static Path file(String name) {
    return Path.of("test/resources/tls", name).toAbsolutePath();
  }

  static Path pkcs12(String who) {
    return file(who + ".p12");
  }

  /** Network "test", the holder's key, and nobody trusted yet. */
  static TlsOptions.Builder keyOf(String who) {
    return TlsOptions.network("test").pkcs12(pkcs12(who), PASSWORD);
  }

  /** Network "test", trusting the authority. */
  static TlsOptions of(String who) {
    return keyOf(who).authorities(file("authority.pem")).build();
  }

  /** What makes a builder of a node speak TLS as somebody. */
  static UnaryOperator<ManagerBuilder> as(String who) {
    return builder -> builder.tls(of(who));
  }
}
