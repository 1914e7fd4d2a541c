package bdk.p2p.simulator.world;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What has arrived at a channel and is not read yet. It goes to the pipeline only when the pipeline
 * has asked for a read, and only then does the sender get new room. Event loop only.
 */
final class ReceivedBytes {
  private static final int CHUNKS_PER_READ = 16;

  private final SimChannel channel;
  private final Queue<ByteBuf> chunks = new ArrayDeque<>(2);
  private boolean endOfStream;
  private boolean readWanted;

  ReceivedBytes(SimChannel channel) {
    this.channel = channel;
  }

  boolean hasUnread() {
    return !chunks.isEmpty();
  }

  void add(ByteBuf chunk) {
    chunks.add(chunk);
    deliver();
  }

  void end() {
    endOfStream = true;
    deliver();
  }

  /** The pipeline asks for a read. */
  void wantRead() {
    if (!readWanted) {
      readWanted = true;
      if (!chunks.isEmpty() || endOfStream) {
        channel.eventLoop().execute(this::deliver);
      }
    }
  }

  /** The pipeline takes its question back. */
  void cancelRead() {
    readWanted = false;
  }

  void release() {
    chunks.forEach(ByteBuf::release);
    chunks.clear();
  }

  private void deliver() {
    if (!readWanted || !channel.isActive()) {
      return;
    }
    if (!chunks.isEmpty()) {
      readWanted = false;
      channel.onConsumed(fireReads());
      channel.pipeline().fireChannelReadComplete();
    } else if (endOfStream) {
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
  }

  private int fireReads() {
    int byteCount = 0;
    for (int n = 0; n < CHUNKS_PER_READ && !chunks.isEmpty(); n++) {
      ByteBuf chunk = chunks.poll();
      byteCount += chunk.readableBytes();
      channel.pipeline().fireChannelRead(chunk);
      if (!channel.config().isAutoRead()) {
        break;
      }
    }
    return byteCount;
  }
}
