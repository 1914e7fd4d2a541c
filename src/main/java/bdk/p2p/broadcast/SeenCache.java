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
  // Cloned where another thread has the idle one: to look the algorithm up among the providers
  // costs more than to hash a small broadcast.
  private final MessageDigest untouched = sha256();
  private final AtomicReference<MessageDigest> idle = new AtomicReference<>();
  private final Map<BroadcastKey, MessageId> seen;
  private final KnownBroadcasts known;
  private final HeldBroadcasts held;

  /**
   * @param limit how many broadcasts to remember
   * @param known the large ones in memory
   */
  public SeenCache(int limit, KnownBroadcasts known) {
    this.seen = new Newest<>(limit);
    this.known = known;
    this.held = new HeldBroadcasts(known, key -> idOf(key) != null);
  }

  /** Remembers the broadcast; true if it was not remembered before. */
  public boolean add(Message broadcast) {
    return add(key(broadcast), broadcast);
  }

  /**
   * As {@link #add}, for a broadcast of a peer, whose id is not to be trusted. A remembered one has
   * shown the id that belongs to its payload, and so has one that is known, so only the first copy
   * is hashed for it.
   *
   * @throws bdk.p2p.wire.ProtocolViolation if the id is not the hash of the payload
   */
  public boolean addChecked(Message broadcast) {
    BroadcastKey equal = known.keyOf(broadcast);
    if (equal != null) {
      return add(equal, broadcast);
    }
    BroadcastKey key = key(broadcast);
    if (broadcast.id().equals(idOf(key))) {
      return false;
    }
    PayloadRules.checkBroadcastId(broadcast);
    return add(key, broadcast);
  }

  private boolean add(BroadcastKey key, Message broadcast) {
    boolean isNew = remember(key, broadcast.id());
    if (isNew) {
      known.put(key, broadcast);
    }
    return isNew;
  }

  private synchronized boolean remember(BroadcastKey key, MessageId id) {
    return seen.putIfAbsent(key, id) == null;
  }

  /** Large broadcasts that are in memory, so that sessions need none for copies of them. */
  Originals originals() {
    return held;
  }

  private synchronized MessageId idOf(BroadcastKey key) {
    return seen.get(key);
  }

  /** Broadcasts remembered now. */
  public synchronized int count() {
    return seen.size();
  }

  private BroadcastKey key(Message broadcast) {
    MessageDigest used = idle.getAndSet(null);
    MessageDigest digest = used != null ? used : fresh();
    int code = broadcast.command().code();
    digest.update((byte) (code >> 8));
    digest.update((byte) code);
    broadcast.digestPayload(digest);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    idle.set(digest);
    return new BroadcastKey(hash.getLong(), hash.getLong());
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
