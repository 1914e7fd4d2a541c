package bdk.p2p.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what one peer sent is still held: messages in the inbox, handlers that have not
 * finished, answers that are not written. Any thread.
 *
 * <p>At the bound the session stops reading; at half of it, it reads on. One message may overshoot.
 */
final class InboundShare {
  private final int limitMessages;
  private final long limitBytes;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  InboundShare(int limitMessages, long limitBytes) {
    this.limitMessages = limitMessages;
    this.limitBytes = limitBytes;
  }

  void acquire(int payloadBytes) {
    messages.incrementAndGet();
    bytes.addAndGet(payloadBytes);
  }

  void release(int payloadBytes) {
    messages.decrementAndGet();
    bytes.addAndGet(-payloadBytes);
  }

  /** Exchanges the bytes of a request for those of its answer. */
  void resize(int fromBytes, int toBytes) {
    bytes.addAndGet((long) toBytes - fromBytes);
  }

  boolean isFull() {
    return messages.get() >= limitMessages || bytes.get() >= limitBytes;
  }

  boolean isHalfEmpty() {
    return messages.get() <= limitMessages / 2 && bytes.get() <= limitBytes / 2;
  }

  int messages() {
    return messages.get();
  }

  long bytes() {
    return bytes.get();
  }
}
