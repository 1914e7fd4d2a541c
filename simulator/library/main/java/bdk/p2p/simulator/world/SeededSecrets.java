package bdk.p2p.simulator.world;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;

/**
 * What a node takes for secure randomness, and is as repeatable as everything in a virtual world.
 * The driver's thread only.
 */
final class SeededSecrets extends SecureRandomSpi {
  private static final long serialVersionUID = 1L;

  private final transient RandomGenerator stream;

  SeededSecrets(RandomGenerator stream) {
    this.stream = stream;
  }

  SecureRandom asSecureRandom() {
    return new Seeded(this);
  }

  @Override
  protected void engineNextBytes(byte[] bytes) {
    stream.nextBytes(bytes);
  }

  @Override
  protected byte[] engineGenerateSeed(int byteCount) {
    byte[] seed = new byte[byteCount];
    stream.nextBytes(seed);
    return seed;
  }

  /** What is added does not change the stream. */
  @Override
  protected void engineSetSeed(byte[] seed) {}

  /** Without a provider, so that nothing is looked up. */
  private static final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private Seeded(SecureRandomSpi secrets) {
      super(secrets, null);
    }
  }
}
