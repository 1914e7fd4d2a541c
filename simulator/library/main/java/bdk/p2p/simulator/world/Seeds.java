package bdk.p2p.simulator.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes independent streams of randomness out of one seed: a stream depends on the seed and on the
 * name of its purpose, and on nothing that others have drawn. Any thread; a stream has one owner.
 */
public final class Seeds {
  private final long seed;

  /** All streams come from this seed. */
  public Seeds(long seed) {
    this.seed = seed;
  }

  /** A fresh stream, at its beginning. */
  RandomGenerator stream(String purpose) {
    return new SplittableRandom(seed(purpose));
  }

  /** The seed of what a run draws for one purpose. */
  public long ofPurpose(String purpose) {
    return seed("purpose/" + purpose);
  }

  /** The seed of a stream. */
  long seed(String purpose) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] mixed =
        sha256().digest(ByteBuffer.allocate(8 + name.length).putLong(seed).put(name).array());
    return ByteBuffer.wrap(mixed).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
