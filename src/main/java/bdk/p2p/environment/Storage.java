package bdk.p2p.environment;

import java.io.IOException;
import java.util.Optional;

/**
 * A few small named things that a node wants to find again when it is started anew. Any thread; may
 * block, so call it on a worker, or before the node has begun.
 *
 * <p>A name consists of small letters, digits and hyphens.
 */
public interface Storage {
  /** The most bytes of one thing: what is larger is none of a node's. */
  int MAX_BYTES = 16 << 20;

  /**
   * What was stored last under this name; empty if nothing was.
   *
   * @throws IOException if it cannot be told
   */
  Optional<byte[]> load(String name) throws IOException;

  /**
   * Keeps the content under this name, in the place of what was there: all of it, or, whatever
   * happens meanwhile, none of it. More than {@link #MAX_BYTES} cannot be kept.
   *
   * @throws IOException if it cannot be kept; what was there before is there still
   */
  void store(String name, byte[] content) throws IOException;

  /** Where that is, in words for an operator. */
  String place(String name);
}
