package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Message;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The frame of a message that many peers get, or that is large. It is encoded before it is handed
 * in unless it is small: then each session encodes the message into the buffer in which it leaves
 * with others, which costs no more than a copy. Any thread; freed with its last reference. Takes
 * its bytes from the node's budget once, for as long as any queue holds it.
 */
public final class SharedFrame {
  /** The longest frame that is worth being merged with others into one buffer. */
  private static final int SMALL_BYTES = 4 << 10;

  // Null if it is small.
  private final ByteBuf frame;
  private final int bytes;
  private final AtomicInteger queues = new AtomicInteger();

  /** The frame of a large message, encoded already; owns one reference, others may, too. */
  public SharedFrame(ByteBuf frame) {
    this(frame, frame.readableBytes());
  }

  private SharedFrame(ByteBuf frame, int bytes) {
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
    return new SharedFrame(isSmall(bytes) ? null : encoded.apply(message), bytes);
  }

  static boolean isSmall(int frameBytes) {
    return frameBytes <= SMALL_BYTES;
  }

  /** The message in a large one, with a copy of its payload, for whoever owns a reference. */
  Message message() {
    return FrameEncoder.message(frame);
  }

  /** Gives the message in a large one its id, before anybody sends it. */
  void setId(long id) {
    FrameEncoder.setId(frame, id);
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

  /** Writes a large one, without a flush; it takes over one reference. */
  void writeTo(Channel channel) {
    FrameEncoder.write(frame, channel);
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
