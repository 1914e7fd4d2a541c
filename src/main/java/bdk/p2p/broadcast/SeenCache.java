package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.wire.Originals;
import bdk.p2p.wire.PayloadRules;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which broadcasts this node has seen, by the first 128 bits of SHA-256 over command and payload; a
 * copy of a large one that is still in memory is compared with it instead. Guarded by this; hashing
 * and comparing happen outside the lock. Bounded: the broadcast that was seen first is forgotten
 * first.
 */
public final class SeenCache {
  private record Key(long high, long low) {
    // As for MessageId: quick from the first broadcast on.

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && high == key.high && low == key.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(high);
    }
  }

  // Cloned where another thread has the idle one: to look the algorithm up among the providers
  // costs
  // more than to hash a small broadcast.
  private final MessageDigest untouched = sha256();
  private final AtomicReference<MessageDigest> idle = new AtomicReference<>();
  private final Map<Key, MessageId> seen;
  private final HeldBroadcasts<Key> held = new HeldBroadcasts<>();

  /** A cache that remembers this many broadcasts. */
  public SeenCache(int limit) {
    this.seen = new Newest<>(limit);
  }

  /** Remembers the broadcast; true if it was not remembered before. */
  public boolean add(Message broadcast) {
    return add(key(broadcast), broadcast);
  }

  /**
   * As {@link #add}, for a broadcast of a peer, whose id is not to be trusted. A remembered one has
   * shown the id that belongs to its payload, so only the first copy is hashed for it.
   *
   * @throws bdk.p2p.wire.ProtocolViolation if the id is not the hash of the payload
   */
  public boolean addChecked(Message broadcast) {
    if (isHeld(broadcast)) {
      return false;
    }
    Key key = key(broadcast);
    if (broadcast.id().equals(idOf(key))) {
      return false;
    }
    PayloadRules.checkBroadcastId(broadcast);
    return add(key, broadcast);
  }

  private boolean add(Key key, Message broadcast) {
    boolean isNew = remember(key, broadcast.id());
    if (isNew) {
      held.put(key, broadcast);
    }
    return isNew;
  }

  private synchronized boolean remember(Key key, MessageId id) {
    return seen.putIfAbsent(key, id) == null;
  }

  /** True for a copy of a large one that is remembered and still in memory. */
  private boolean isHeld(Message broadcast) {
    Key key = held.keyOf(broadcast);
    return key != null && idOf(key) != null;
  }

  /** Large broadcasts that are in memory, so that sessions need none for copies of them. */
  Originals originals() {
    return held;
  }

  private synchronized MessageId idOf(Key key) {
    return seen.get(key);
  }

  /** Broadcasts remembered now. */
  public synchronized int count() {
    return seen.size();
  }

  private Key key(Message broadcast) {
    MessageDigest known = idle.getAndSet(null);
    MessageDigest digest = known != null ? known : fresh();
    int code = broadcast.command().code();
    digest.update((byte) (code >> 8));
    digest.update((byte) code);
    digest.update(broadcast.payload());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    idle.set(digest);
    return new Key(hash.getLong(), hash.getLong());
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) untouched.clone();
    } catch (CloneNotSupportedException cause) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException cause) {
      throw new IllegalStateException("every Java platform has SHA-256", cause);
    }
  }
}
