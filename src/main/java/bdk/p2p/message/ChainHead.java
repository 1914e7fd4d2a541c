package bdk.p2p.message;

import java.nio.ByteBuffer;

/**
 * What a node's chain has come to, as it tells its peers.
 *
 * @param nodeVersion the application's version number; unsigned
 * @param height the height of the latest block; unsigned
 * @param hash the hash of the latest block, {@value #HASH_BYTES} bytes; copied, each read is a
 *     fresh read-only view
 */
public record ChainHead(long nodeVersion, long height, ByteBuffer hash) {
  /** The length of a block hash. */
  public static final int HASH_BYTES = 32;

  /** What a node without a chain announces. */
  public static final ChainHead ZERO = new ChainHead(0, 0, ByteBuffer.allocate(HASH_BYTES));

  /**
   * @throws IllegalArgumentException if the hash is not of 32 bytes
   */
  public ChainHead {
    if (hash.remaining() != HASH_BYTES) {
      throw new IllegalArgumentException(
          "a block hash has " + HASH_BYTES + " bytes, not " + hash.remaining());
    }
    hash = ByteBuffer.wrap(Message.copyOf(hash)).asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer hash() {
    return hash.duplicate();
  }
}
