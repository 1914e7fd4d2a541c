package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.wire.PayloadRules;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which broadcasts this node has seen, by the first 128 bits of SHA-256 over command and payload; a
 * copy of a large one that is still in memory is compared with it instead. Guarded by this; hashing
 * and comparing happen outside the lock. Bounded: the broadcast that was seen first is forgotten
 * first.
 */
public final class SeenCache {
  /** From here on, comparing with one that is still in memory is far cheaper than hashing. */
  private static final int LARGE_BYTES = 4096;

  /** Of how many large ones to know where they are; peers send copies within seconds. */
  private static final int MOST_HELD = 64;

  private record Key(long high, long low) {}

  private record Held(Key key, WeakReference<Message> message) {}

  // Cloned for each broadcast: to look the algorithm up among the providers costs more than to hash
  // a small one.
  private final MessageDigest untouched = sha256();
  private final Map<Key, MessageId> seen;
  // Keeps none of them in memory: sessions and the application do, as long as they need them.
  private final Map<MessageId, Held> held = new Newest<>(MOST_HELD);

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

  private synchronized boolean add(Key key, Message broadcast) {
    boolean isNew = seen.putIfAbsent(key, broadcast.id()) == null;
    if (isNew && broadcast.payloadBytes() >= LARGE_BYTES) {
      held.put(broadcast.id(), new Held(key, new WeakReference<>(broadcast)));
    }
    return isNew;
  }

  /** True for a copy of a large one that is remembered and still in memory. */
  private boolean isHeld(Message broadcast) {
    if (broadcast.payloadBytes() < LARGE_BYTES) {
      return false;
    }
    Message other = heldAs(broadcast.id());
    return other != null && other.equals(broadcast);
  }

  private synchronized Message heldAs(MessageId id) {
    Held one = held.get(id);
    return one != null && seen.containsKey(one.key()) ? one.message().get() : null;
  }

  private synchronized MessageId idOf(Key key) {
    return seen.get(key);
  }

  /** Broadcasts remembered now. */
  public synchronized int count() {
    return seen.size();
  }

  private Key key(Message broadcast) {
    MessageDigest digest = fresh();
    int code = broadcast.command().code();
    digest.update((byte) (code >> 8));
    digest.update((byte) code);
    digest.update(broadcast.payload());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
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

  /** At most so many entries; one too many pushes out the one that was put first. */
  private static final class Newest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    Newest(int limit) {
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > limit;
    }
  }
}
