package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Message;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The frame of a message that many peers get, or that is large. A large one is encoded before it is
 * handed in, a small one anew for each buffer in which it leaves with others: that costs no more
 * than a copy, and needs no buffer of its own. Any thread; freed with its last reference. Takes its
 * bytes from the node's budget once, for as long as any queue holds it.
 */
public final class SharedFrame {
  /** The longest frame that is worth being merged with others into one buffer. */
  private static final int SMALL_BYTES = 4 << 10;

  // One of the two.
  private final Message message;
  private final ByteBuf frame;
  private final int bytes;
  private final AtomicInteger queues = new AtomicInteger();

  /** Owns one reference to the frame, whose bytes others may share. */
  public SharedFrame(ByteBuf frame) {
    this(null, frame, frame.readableBytes());
  }

  private SharedFrame(Message message, ByteBuf frame, int bytes) {
    this.message = message;
    this.frame = frame;
    this.bytes = bytes;
  }

  /**
   * The frame of this message.
   *
   * @param encoded makes it if it is large; gives one reference away
   */
  public static <T extends Message> SharedFrame of(T message, Function<T, ByteBuf> encoded) {
    int bytes = FrameEncoder.frameBytes(message);
    return isSmall(bytes)
        ? new SharedFrame(message, null, bytes)
        : new SharedFrame(encoded.apply(message));
  }

  static boolean isSmall(int frameBytes) {
    return frameBytes <= SMALL_BYTES;
  }

  /** The message in it, for whoever owns a reference; of a large one with a copy of its payload. */
  Message message() {
    return frame == null ? message : FrameEncoder.message(frame);
  }

  int bytes() {
    return bytes;
  }

  void retain() {
    if (frame != null) {
      frame.retain();
    }
  }

  /** Gives one reference back. */
  public void release() {
    if (frame != null) {
      frame.release();
    }
  }

  /**
   * The bytes of a large one for one channel, with reader indices of its own; they own one
   * reference.
   */
  ByteBuf toChannel() {
    return frame.duplicate();
  }

  /** Appends the bytes to a buffer that has room for them, and gives one reference back. */
  void copyTo(ByteBuf into) {
    if (frame == null) {
      FrameEncoder.encode(message, into);
    } else {
      into.writeBytes(frame, frame.readerIndex(), bytes);
      frame.release();
    }
  }

  void enterQueue(SharedBudget budget) {
    if (queues.getAndIncrement() == 0) {
      budget.take(bytes);
    }
  }

  void leaveQueue(SharedBudget budget) {
    if (queues.decrementAndGet() == 0) {
      budget.giveBack(bytes);
    }
  }
}
