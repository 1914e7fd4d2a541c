package bdk.p2p.simulator.world;

import bdk.p2p.simulator.trace.TraceSink;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A rolling SHA-256 over all that happened on the network: two runs are the same if their digests
 * are. The driver's thread only.
 *
 * <pre>
 *  offset  bytes  field
 *       0      8  virtual time, nanoseconds
 *       8      4  index of the host where it happened
 *      12      1  {@link TraceEvent#code}
 *      13      8  id of the connection, 0 for none
 *      21      4  byte count
 *      25      4  CRC-32C of the bytes
 * </pre>
 */
final class TraceDigest {
  private static final int RECORD_BYTES = 29;
  private static final int BATCH_RECORDS = 2_048;

  private final ByteBuffer batch = ByteBuffer.allocate(BATCH_RECORDS * RECORD_BYTES);
  private final CRC32C crc = new CRC32C();
  private final MessageDigest sha256;
  private TraceSink sink;
  private long events;

  TraceDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** Tells somebody of every event from now on. */
  void tell(TraceSink other) {
    sink = other;
  }

  void record(long nanos, int host, TraceEvent event, long connection) {
    put(nanos, host, event, connection, 0, 0);
  }

  /** Records the readable bytes, which stay readable. */
  void record(long nanos, int host, TraceEvent event, long connection, ByteBuf bytes) {
    put(nanos, host, event, connection, bytes.readableBytes(), checksum(bytes));
  }

  long events() {
    return events;
  }

  /** The digest of all records until now, in hex; recording can go on. */
  String hex() {
    flush();
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha256.clone()).digest());
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError("the platform's SHA-256 can be cloned", impossible);
    }
  }

  private void put(long nanos, int host, TraceEvent event, long connection, int count, int check) {
    events++;
    batch.putLong(nanos).putInt(host).put(event.code()).putLong(connection);
    batch.putInt(count).putInt(check);
    if (!batch.hasRemaining()) {
      flush();
    }
    if (sink != null) {
      tell(nanos, host, event, connection, count, check);
    }
  }

  private void tell(long nanos, int host, TraceEvent event, long connection, int count, int check) {
    sink.event(nanos, host, event.name(), connection, count, check);
    if (events % TraceSink.DIGEST_EVERY == 0) {
      sink.digest(events, hex());
    }
  }

  private int checksum(ByteBuf bytes) {
    crc.reset();
    if (bytes.hasArray()) {
      int from = bytes.arrayOffset() + bytes.readerIndex();
      crc.update(bytes.array(), from, bytes.readableBytes());
    } else {
      for (ByteBuffer part : bytes.nioBuffers()) {
        crc.update(part);
      }
    }
    return (int) crc.getValue();
  }

  private void flush() {
    sha256.update(batch.array(), 0, batch.position());
    batch.clear();
  }
}
