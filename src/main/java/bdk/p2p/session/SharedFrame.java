package bdk.p2p.session;

import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Notification;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frame of a message that is encoded before it is handed in: because many peers get it, or
 * because it is large. Any thread; freed with its last reference. Takes its bytes from the node's
 * budget once, for as long as any queue holds it.
 */
public final class SharedFrame {
  private final ByteBuf frame;
  private final int bytes;
  private final AtomicInteger queues = new AtomicInteger();

  /** Owns one reference to the frame, whose bytes others may share. */
  public SharedFrame(ByteBuf frame) {
    this.frame = frame;
    bytes = frame.readableBytes();
  }

  /** The notification in it, with a copy of its payload, for whoever owns a reference. */
  Notification notification() {
    return FrameEncoder.notification(frame);
  }

  int bytes() {
    return bytes;
  }

  void retain() {
    frame.retain();
  }

  /** Gives one reference back. */
  public void release() {
    frame.release();
  }

  /** The bytes for one channel, with reader indices of its own; they own one reference. */
  ByteBuf toChannel() {
    return frame.duplicate();
  }

  /** Appends the bytes to a buffer that has room for them, and gives one reference back. */
  void copyTo(ByteBuf into) {
    into.writeBytes(frame, frame.readerIndex(), bytes);
    frame.release();
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
