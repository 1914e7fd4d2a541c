package bdk.p2p.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentQueueTest {
  private final SegmentQueue queue = new SegmentQueue();

  @Test
  void doesWhatQueueOfTheJdkDoes() {
    Queue<Segment> expected = new ArrayDeque<>();
    Random random = new Random(1);
    for (int step = 0; step < 10_000; step++) {
      // Now and then it runs empty, now and then it grows.
      if (random.nextInt(100) < (step / 1_000 % 2 == 0 ? 60 : 40)) {
        Segment segment = Segment.fin();
        queue.add(segment);
        expected.add(segment);
      } else {
        assertSame(expected.poll(), queue.poll());
      }
      assertSame(expected.peek(), queue.peek());
      assertEquals(expected.isEmpty(), queue.isEmpty());
    }
  }

  @Test
  void segmentGoesFromOneQueueToAnother() {
    SegmentQueue other = new SegmentQueue();
    Segment first = Segment.fin();
    Segment second = Segment.fin();
    queue.add(first);
    queue.add(second);
    other.add(queue.poll());
    assertSame(second, queue.poll());
    assertNull(queue.poll());
    assertSame(first, other.poll());
    assertTrue(other.isEmpty());
  }

  @Test
  void releaseReleasesAllBytes() {
    ByteBuf one = Unpooled.buffer(1);
    ByteBuf two = Unpooled.buffer(1);
    queue.add(Segment.of(one));
    queue.add(Segment.of(two));
    queue.release();
    assertEquals(0, one.refCnt());
    assertEquals(0, two.refCnt());
    assertTrue(queue.isEmpty());
  }
}
