package bdk.p2p.wire;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/** Secrets that are the same each time, so that TLS says the same each time. */
final class RepeatedSecrets extends SecureRandomSpi {
  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom random;

  RepeatedSecrets(long seed) {
    random = new SplittableRandom(seed);
  }

  SecureRandom asSecureRandom() {
    return new SecureRandom(this, null) {
      private static final long serialVersionUID = 1L;
    };
  }

  @Override
  protected void engineSetSeed(byte[] seed) {}

  @Override
  protected void engineNextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  protected byte[] engineGenerateSeed(int count) {
    byte[] seed = new byte[count];
    random.nextBytes(seed);
    return seed;
  }
}
