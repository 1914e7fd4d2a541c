package bdk.p2p.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TraceDigestTest {
  private static final ByteBuf BYTES = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});

  @Test
  void everyFieldCounts() {
    String base = digest(trace -> trace.record(1, 2, TraceEvent.FIN, 4));
    List<Consumer<TraceDigest>> others =
        List.of(
            trace -> trace.record(9, 2, TraceEvent.FIN, 4),
            trace -> trace.record(1, 9, TraceEvent.FIN, 4),
            trace -> trace.record(1, 2, TraceEvent.RESET, 4),
            trace -> trace.record(1, 2, TraceEvent.FIN, 9),
            trace -> trace.record(1, 2, TraceEvent.FIN, 4, BYTES));
    others.forEach(other -> assertNotEquals(base, digest(other)));
    assertEquals(base, digest(trace -> trace.record(1, 2, TraceEvent.FIN, 4)));
  }

  @Test
  void theBytesCountButNotWhereTheyAreKept() {
    ByteBuf direct = Unpooled.directBuffer().writeBytes(new byte[] {1, 2, 3});
    ByteBuf parts =
        Unpooled.wrappedBuffer(
            Unpooled.wrappedBuffer(new byte[] {1}), Unpooled.wrappedBuffer(new byte[] {2, 3}));
    ByteBuf other = Unpooled.wrappedBuffer(new byte[] {1, 2, 4});
    String heap = digest(trace -> trace.record(1, 2, TraceEvent.BYTES, 4, BYTES));
    assertEquals(heap, digest(trace -> trace.record(1, 2, TraceEvent.BYTES, 4, direct)));
    assertEquals(heap, digest(trace -> trace.record(1, 2, TraceEvent.BYTES, 4, parts)));
    assertNotEquals(heap, digest(trace -> trace.record(1, 2, TraceEvent.BYTES, 4, other)));
    assertEquals(3, direct.readableBytes());
    direct.release();
  }

  @Test
  void askingForTheDigestChangesNothing() {
    TraceDigest asked = new TraceDigest();
    TraceDigest notAsked = new TraceDigest();
    for (int n = 0; n < 10_000; n++) {
      asked.record(n, 1, TraceEvent.FIN, n);
      notAsked.record(n, 1, TraceEvent.FIN, n);
      if (n % 777 == 0) {
        assertEquals(asked.hex(), asked.hex());
      }
    }
    assertEquals(notAsked.hex(), asked.hex());
    assertEquals(10_000, asked.events());
  }

  private static String digest(Consumer<TraceDigest> records) {
    TraceDigest trace = new TraceDigest();
    records.accept(trace);
    return trace.hex();
  }
}
