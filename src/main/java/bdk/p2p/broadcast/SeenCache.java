package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which broadcasts this node has seen, by the first 128 bits of SHA-256 over command and payload.
 * Guarded by this; hashing happens outside the lock. Bounded: the broadcast that was seen first is
 * forgotten first.
 */
public final class SeenCache {
  private record Key(long high, long low) {}

  private final Map<Key, Boolean> seen;

  /** A cache that remembers this many broadcasts. */
  public SeenCache(int limit) {
    this.seen =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > limit;
          }
        };
  }

  /** Remembers the broadcast; true if it was not remembered before. */
  public boolean add(Message broadcast) {
    Key key = key(broadcast);
    synchronized (this) {
      return seen.putIfAbsent(key, Boolean.TRUE) == null;
    }
  }

  /** Broadcasts remembered now. */
  public synchronized int count() {
    return seen.size();
  }

  private static Key key(Message broadcast) {
    MessageDigest digest = sha256();
    int code = broadcast.command().code();
    digest.update((byte) (code >> 8));
    digest.update((byte) code);
    digest.update(broadcast.payload());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Key(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException cause) {
      throw new IllegalStateException("every Java platform has SHA-256", cause);
    }
  }
}
