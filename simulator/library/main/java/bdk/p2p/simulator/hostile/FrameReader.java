package bdk.p2p.simulator.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Takes just so much notice of what a node sends as to know what it asks for: the headers of
 * frames, never their payload. Event loop only.
 */
final class FrameReader {
  /** The header of a frame that came in. */
  record Head(int type, long id, int command) {}

  private final Consumer<Head> frames;
  private final ByteBuf header = Unpooled.buffer(Frames.HEADER_BYTES);
  private long toSkip = Frames.HANDSHAKE_BYTES;

  FrameReader(Consumer<Head> frames) {
    this.frames = frames;
  }

  /** Reads all of it; the bytes stay the caller's. */
  void read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (toSkip > 0) {
        int skipped = (int) Math.min(toSkip, bytes.readableBytes());
        bytes.skipBytes(skipped);
        toSkip -= skipped;
      } else {
        int missing = Frames.HEADER_BYTES - header.readableBytes();
        header.writeBytes(bytes, Math.min(missing, bytes.readableBytes()));
        if (header.readableBytes() == Frames.HEADER_BYTES) {
          toSkip = header.readLong() - Frames.LEAST_LENGTH;
          Head head = new Head(header.readByte(), header.readLong(), header.readShort());
          header.clear();
          frames.accept(head);
        }
      }
    }
  }
}
