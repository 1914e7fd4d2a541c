package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.wire.FrameEncoder;
import bdk.p2p.wire.Originals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.lang.ref.WeakReference;
import java.util.Map;

/**
 * Where the large broadcasts are that came last and whose id is the hash of their payload, and
 * their keys: what equals one of them need not be hashed; and their frames, while somebody sends
 * them. Nodes of one process may have it in common, since it says nothing of who has seen what.
 * Keeps neither a broadcast nor a frame in memory, sessions and the application do, as long as they
 * need it. Guarded by this.
 */
public final class KnownBroadcasts {
  /** Of how many to know where they are; peers send copies within seconds. */
  private static final int MOST_KNOWN = 64;

  /** A broadcast and its key. */
  record Known(BroadcastKey key, Message message) {}

  private static final class Weak {
    final BroadcastKey key;
    final WeakReference<Message> message;
    WeakReference<ByteBuf> frame = new WeakReference<>(null);

    Weak(BroadcastKey key, Message message) {
      this.key = key;
      this.message = new WeakReference<>(message);
    }
  }

  private final ByteBufAllocator allocator;
  private final Map<MessageId, Weak> known = new Newest<>(MOST_KNOWN);

  /** Knows none yet; makes frames of this. */
  public KnownBroadcasts(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  private static boolean isLarge(Message broadcast) {
    return broadcast.payloadBytes() >= Originals.LEAST_PAYLOAD_BYTES;
  }

  /** Learns of a broadcast whose id is the hash of its payload; only large ones matter. */
  synchronized void put(BroadcastKey key, Message broadcast) {
    if (isLarge(broadcast) && there(broadcast) == null) {
      known.put(broadcast.id(), new Weak(key, broadcast));
    }
  }

  /** The key of an equal broadcast in memory; null if there is none. Compares outside the lock. */
  BroadcastKey keyOf(Message broadcast) {
    if (!isLarge(broadcast)) {
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

  /** The frame of any message; the caller owns it. */
  ByteBuf encode(Message message) {
    return FrameEncoder.encode(allocator, message);
  }

  /**
   * The frame of a broadcast, the same buffer as others have who are sending it, if there are any;
   * the caller owns one reference.
   */
  ByteBuf frame(Message broadcast) {
    // A pool uses a freed buffer again, for something else.
    boolean mayShare = isLarge(broadcast) && allocator instanceof UnpooledByteBufAllocator;
    ByteBuf there = mayShare ? frameThere(broadcast) : null;
    if (there != null) {
      return there;
    }
    ByteBuf frame = encode(broadcast);
    if (mayShare) {
      keep(broadcast, frame);
    }
    return frame;
  }

  private synchronized ByteBuf frameThere(Message broadcast) {
    Weak one = there(broadcast);
    ByteBuf frame = one == null ? null : one.frame.get();
    try {
      return frame == null ? null : frame.retain();
    } catch (IllegalReferenceCountException freed) {
      return null;
    }
  }

  private synchronized void keep(Message broadcast, ByteBuf frame) {
    Weak one = there(broadcast);
    if (one != null) {
      one.frame = new WeakReference<>(frame);
    }
  }

  /** What is known of this very object; null if that is nothing, or of an equal one. */
  private Weak there(Message broadcast) {
    Weak one = known.get(broadcast.id());
    return one != null && one.message.get() == broadcast ? one : null;
  }

  private synchronized Known find(MessageId id) {
    Weak one = known.get(id);
    Message message = one == null ? null : one.message.get();
    return message == null ? null : new Known(one.key, message);
  }
}
