package bdk.p2p.environment;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Numbers that nobody can guess, drawn from a secure source many at a time: one by one they cost
 * more than all else that sending a small message takes. Any thread; each has a batch of its own.
 */
final class BatchedRandom implements RandomGenerator {
  private static final int BATCH_BYTES = 512;

  private final SecureRandom source;
  private final ThreadLocal<ByteBuffer> batches =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(BATCH_BYTES).limit(0));

  BatchedRandom(SecureRandom source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    ByteBuffer batch = batches.get();
    if (!batch.hasRemaining()) {
      source.nextBytes(batch.array());
      batch.clear();
    }
    return batch.getLong();
  }
}
