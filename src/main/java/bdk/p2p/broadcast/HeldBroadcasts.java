package bdk.p2p.broadcast;

import bdk.p2p.message.Message;
import bdk.p2p.wire.Originals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Lends large broadcasts that are in memory to sessions that receive a copy. Those that are lent
 * stay in memory, {@value #MOST_LENT_BYTES} bytes at most and however often each. Guarded by this.
 */
final class HeldBroadcasts implements Originals {
  static final long MOST_LENT_BYTES = 32 << 20;

  private final KnownBroadcasts known;
  private final Predicate<BroadcastKey> isSeen;
  // Of each one that is lent, how often.
  private final Map<Message, Integer> lent = new LinkedHashMap<>();
  private long lentBytes;

  /**
   * @param known the large broadcasts in memory, whoever has seen them
   * @param isSeen whether this node has; any thread
   */
  HeldBroadcasts(KnownBroadcasts known, Predicate<BroadcastKey> isSeen) {
    this.known = known;
    this.isSeen = isSeen;
  }

  @Override
  public Message borrow(long id, int commandCode, int payloadBytes) {
    KnownBroadcasts.Known one = known.find(id, commandCode, payloadBytes);
    return one != null && isSeen.test(one.key()) && lend(one.message()) ? one.message() : null;
  }

  private synchronized boolean lend(Message message) {
    if (!lent.containsKey(message)) {
      if (lentBytes + message.payloadBytes() > MOST_LENT_BYTES) {
        return false;
      }
      lentBytes += message.payloadBytes();
    }
    lent.merge(message, 1, Integer::sum);
    return true;
  }

  @Override
  public Message elsewhere(long id, int commandCode, int payloadBytes) {
    KnownBroadcasts.Known one = known.find(id, commandCode, payloadBytes);
    return one != null && !isSeen.test(one.key()) && lend(one.message()) ? one.message() : null;
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
