package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.wire.Originals;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the large broadcasts are that came last. Keeps none of them in memory, sessions and the
 * application do, as long as they need them; but for those that are lent, {@value #MOST_LENT_BYTES}
 * bytes at most and however often each. Guarded by this.
 *
 * @param <K> by what a broadcast is remembered
 */
final class HeldBroadcasts<K> implements Originals {
  /** Of how many to know where they are; peers send copies within seconds. */
  private static final int MOST_HELD = 64;

  static final long MOST_LENT_BYTES = 32 << 20;

  private record Held<K>(K key, WeakReference<Message> message) {}

  private final Map<MessageId, Held<K>> held = new Newest<>(MOST_HELD);
  // Of each one that is lent, how often.
  private final Map<Message, Integer> lent = new LinkedHashMap<>();
  private long lentBytes;

  /** Learns of a broadcast whose id is the hash of its payload; only large ones matter. */
  synchronized void put(K key, Message broadcast) {
    if (broadcast.payloadBytes() >= LEAST_PAYLOAD_BYTES) {
      held.put(broadcast.id(), new Held<>(key, new WeakReference<>(broadcast)));
    }
  }

  /** The key of an equal broadcast in memory; null if there is none. Compares outside the lock. */
  K keyOf(Message broadcast) {
    if (broadcast.payloadBytes() < LEAST_PAYLOAD_BYTES) {
      return null;
    }
    Held<K> one = heldAs(broadcast.id());
    return one != null && broadcast.equals(one.message().get()) ? one.key() : null;
  }

  private synchronized Held<K> heldAs(MessageId id) {
    return held.get(id);
  }

  @Override
  public synchronized Message borrow(long id, int commandCode, int payloadBytes) {
    Held<K> one = held.get(new MessageId(id));
    Message message = one == null ? null : one.message().get();
    if (message == null
        || message.command().code() != commandCode
        || message.payloadBytes() != payloadBytes) {
      return null;
    }
    if (!lent.containsKey(message)) {
      if (lentBytes + payloadBytes > MOST_LENT_BYTES) {
        return null;
      }
      lentBytes += payloadBytes;
    }
    lent.merge(message, 1, Integer::sum);
    return message;
  }

  @Override
  public synchronized void giveBack(Message original) {
    Integer times = lent.get(original);
    if (times == null) {
      throw new IllegalStateException("not lent: " + original);
    }
    if (times > 1) {
      lent.put(original, times - 1);
    } else {
      lent.remove(original);
      lentBytes -= original.payloadBytes();
    }
  }

  /** Payload bytes that are in memory because they are lent. */
  synchronized long lentBytes() {
    return lentBytes;
  }
}
