package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.wire.Originals;
import java.lang.ref.WeakReference;
import java.util.Map;

/**
 * Where the large broadcasts are that came last and whose id is the hash of their payload, and
 * their keys: what equals one of them need not be hashed. Nodes of one process may have it in
 * common, since it says nothing of who has seen what. Keeps no broadcast in memory, sessions and
 * the application do, as long as they need it. Guarded by this.
 */
public final class KnownBroadcasts {
  /** Of how many to know where they are; peers send copies within seconds. */
  private static final int MOST_KNOWN = 64;

  /** A broadcast and its key. */
  record Known(BroadcastKey key, Message message) {}

  private record Weak(BroadcastKey key, WeakReference<Message> message) {}

  private final Map<MessageId, Weak> known = new Newest<>(MOST_KNOWN);

  /** Learns of a broadcast whose id is the hash of its payload; only large ones matter. */
  synchronized void put(BroadcastKey key, Message broadcast) {
    if (broadcast.payloadBytes() >= Originals.LEAST_PAYLOAD_BYTES) {
      known.put(broadcast.id(), new Weak(key, new WeakReference<>(broadcast)));
    }
  }

  /** The key of an equal broadcast in memory; null if there is none. Compares outside the lock. */
  BroadcastKey keyOf(Message broadcast) {
    if (broadcast.payloadBytes() < Originals.LEAST_PAYLOAD_BYTES) {
      return null;
    }
    Known one = find(broadcast.id());
    return one != null && broadcast.equals(one.message()) ? one.key() : null;
  }

  /** The broadcast of this id, command and length, if it is in memory; otherwise null. */
  Known find(long id, int commandCode, int payloadBytes) {
    Known one = find(new MessageId(id));
    return one != null
            && one.message().command().code() == commandCode
            && one.message().payloadBytes() == payloadBytes
        ? one
        : null;
  }

  private synchronized Known find(MessageId id) {
    Weak one = known.get(id);
    Message message = one == null ? null : one.message().get();
    return message == null ? null : new Known(one.key(), message);
  }
}
