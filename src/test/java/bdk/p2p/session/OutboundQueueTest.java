package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.Holders;
import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.SendResult;
import bdk.p2p.wire.AllocatedBytes;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutboundQueueTest {
  private static final int HEADER_BYTES = 19;
  private static final int ROUNDS = 300_000;
  private static final SharedBudget PLENTY = new SharedBudget(1L << 40, new Holders());

  private static Outbound message(int payloadBytes) {
    return message(new byte[payloadBytes]);
  }

  private static Outbound message(byte[] payload) {
    return Outbound.of(
        Message.adopt(MessageType.NOTIFICATION, 1, Command.of(4096), payload), false);
  }

  @Test
  void messagesComeOutInTheirOrder() {
    OutboundQueue queue = new OutboundQueue(10, 1000, PLENTY);
    Outbound first = message(1);
    Outbound second = message(2);
    queue.offer(first);
    queue.offer(second);
    assertSame(first, queue.poll());
    assertSame(second, queue.poll());
    assertNull(queue.poll());
  }

  /** While one thread lets it grow, all others spin. */
  @Test
  void queueThatHasHeldAsMuchBeforeGrowsNoMore() {
    OutboundQueue queue = new OutboundQueue(4096, 1 << 20, PLENTY);
    Outbound one = message(0);
    Runnable fillAndEmpty =
        () -> {
          while (queue.offer(one) == SendResult.QUEUED) {
            // Until it is full.
          }
          for (Outbound next = queue.poll(); next != null; next = queue.poll()) {
            queue.written(next);
          }
        };
    fillAndEmpty.run();
    fillAndEmpty.run();
    AllocatedBytes.assertAtMost(1_000, fillAndEmpty);
    assertEquals(0, queue.messages());
  }

  /** Else the message would lie there until the next one comes. */
  @Test
  @Timeout(60)
  void messageIsThereOrItsThreadSeesThatTheDrainIsOver() throws InterruptedException {
    OutboundQueue queue = new OutboundQueue(10, 1000, PLENTY);
    Outbound one = message(0);
    AtomicBoolean drains = new AtomicBoolean();
    AtomicInteger drained = new AtomicInteger();
    AtomicInteger offered = new AtomicInteger();
    boolean[] seen = new boolean[1];
    Thread producer =
        new Thread(
            () -> {
              for (int round = 1; round <= ROUNDS; round++) {
                awaitRound(drained, round);
                queue.offer(one);
                seen[0] = drains.get();
                offered.set(round);
              }
            });
    producer.start();
    int stranded = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      drains.set(true);
      drained.set(round);
      for (int spin = 0; spin < round % 32; spin++) {
        Thread.onSpinWait();
      }
      drains.set(false);
      boolean found = queue.poll() != null;
      awaitRound(offered, round);
      stranded += !found && seen[0] ? 1 : 0;
      if (!found) {
        assertSame(one, queue.poll());
      }
      queue.written(one);
    }
    producer.join();
    assertEquals(0, stranded, "of " + ROUNDS);
  }

  private static void awaitRound(AtomicInteger counter, int round) {
    for (int spin = 0; counter.get() < round; spin++) {
      if (spin < 1_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // the other one has no processor
      }
    }
  }

  @Test
  void placeIsHeldUntilTheMessageIsWritten() {
    OutboundQueue queue = new OutboundQueue(2, 1000, PLENTY);
    Outbound first = message(0);
    assertEquals(SendResult.QUEUED, queue.offer(first));
    assertEquals(SendResult.QUEUED, queue.offer(message(0)));
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(0)));
    queue.poll();
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(0)));
    queue.written(first);
    assertEquals(SendResult.QUEUED, queue.offer(message(0)));
    assertEquals(2, queue.messages());
    assertEquals(2 * HEADER_BYTES, queue.bytes());
  }

  @Test
  void hasRoomForWhatItWouldTake() {
    OutboundQueue queue = new OutboundQueue(3, 100, PLENTY);
    for (int frameBytes : new int[] {200, 20, 60, 41, 40, 19}) {
      boolean hasRoom = queue.hasRoomFor(frameBytes);
      assertEquals(hasRoom, queue.offer(message(frameBytes - HEADER_BYTES)) == SendResult.QUEUED);
      if (frameBytes == 200) {
        queue.written(queue.poll());
      }
    }
    assertEquals(3, queue.messages());
  }

  @Test
  void bytesAreTakenUpToTheLimitAndNotBeyond() {
    OutboundQueue queue = new OutboundQueue(10, 100, PLENTY);
    assertEquals(SendResult.QUEUED, queue.offer(message(50 - HEADER_BYTES)));
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(51 - HEADER_BYTES)));
    assertEquals(SendResult.QUEUED, queue.offer(message(50 - HEADER_BYTES)));
    assertEquals(100, queue.bytes());
    assertEquals(2, queue.messages());
  }

  @Test
  void messageAboveTheLimitIsTakenIntoAnEmptyQueueOnly() {
    OutboundQueue queue = new OutboundQueue(10, 100, PLENTY);
    Outbound large = message(1000);
    assertEquals(SendResult.QUEUED, queue.offer(large));
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(0)));
    queue.poll();
    queue.written(large);
    assertEquals(SendResult.QUEUED, queue.offer(message(0)));
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(1000)));
  }

  @Test
  void answersAreTakenThoughTheQueueIsFull() {
    OutboundQueue queue = new OutboundQueue(1, 100, PLENTY);
    queue.offer(message(0));
    queue.put(message(500));
    assertEquals(2, queue.messages());
    assertEquals(SendResult.QUEUE_FULL, queue.offer(message(0)));
  }

  @Test
  void fullOnceAllQueuesAreAndThisOneHasItsShare() {
    Holders two = new Holders();
    two.join();
    two.join();
    SharedBudget budget = new SharedBudget(200, two);
    OutboundQueue one = new OutboundQueue(10, 1000, budget);
    OutboundQueue other = new OutboundQueue(10, 1000, budget);
    assertEquals(SendResult.QUEUED, one.offer(message(220 - HEADER_BYTES)));
    assertEquals(SendResult.QUEUE_FULL, one.offer(message(0)));
    assertEquals(SendResult.QUEUED, other.offer(message(99 - HEADER_BYTES)));
    assertEquals(SendResult.QUEUED, other.offer(message(0)));
    assertEquals(SendResult.QUEUE_FULL, other.offer(message(0)));
    assertEquals(one.bytes() + other.bytes(), budget.taken());
    one.written(one.poll());
    assertEquals(SendResult.QUEUED, other.offer(message(0)));
  }

  @Test
  void sharedFrameCountsOnceAsLongAsAnyQueueHoldsIt() {
    SharedBudget budget = new SharedBudget(1L << 40, new Holders());
    OutboundQueue one = new OutboundQueue(10, 1000, budget);
    OutboundQueue other = new OutboundQueue(10, 1000, budget);
    Message message = message(31).message();
    SharedFrame frame = SharedFrame.of(message, small -> null);
    Outbound first = Outbound.shared(message, frame, false);
    Outbound second = Outbound.shared(message, frame, false);
    one.offer(first);
    other.offer(second);
    assertEquals(50, budget.taken());
    one.written(one.poll());
    assertEquals(50, budget.taken());
    other.written(other.poll());
    assertEquals(0, budget.taken());
    first.release();
    second.release();
    frame.release();
  }

  @Test
  void frameThatAnotherNodeSendsTooCountsForEach() {
    SharedBudget here = new SharedBudget(1L << 40, new Holders());
    SharedBudget there = new SharedBudget(1L << 40, new Holders());
    OutboundQueue one = new OutboundQueue(10, 1000, here);
    OutboundQueue other = new OutboundQueue(10, 1000, there);
    Message message = message(31).message();
    ByteBuf bytes = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, message);
    SharedFrame ours = new SharedFrame(bytes);
    SharedFrame theirs = new SharedFrame(bytes.retain());
    one.offer(Outbound.shared(message, ours, false));
    other.offer(Outbound.shared(message, theirs, false));
    assertEquals(50, here.taken());
    assertEquals(50, there.taken());
    Outbound written = one.poll();
    one.written(written);
    written.release();
    ours.release();
    assertEquals(0, here.taken());
    assertEquals(50, there.taken());
    assertEquals(2, bytes.refCnt());
    other.poll().release();
    theirs.release();
    assertEquals(0, bytes.refCnt());
  }

  @Test
  void onlySmallFramesAreUrgent() {
    byte[] largest = new byte[Outbound.CONTROL_FRAME_BYTES - HEADER_BYTES];
    byte[] larger = new byte[largest.length + 1];
    Command command = Command.of(4096);
    assertTrue(
        Outbound.of(Message.adopt(MessageType.NOTIFICATION, 1, command, largest), true).urgent);
    assertFalse(
        Outbound.of(Message.adopt(MessageType.NOTIFICATION, 1, command, larger), true).urgent);
    assertTrue(Outbound.answer(Message.adopt(MessageType.ANSWER, 1, command, largest), 1).urgent);
    assertFalse(Outbound.answer(Message.adopt(MessageType.ANSWER, 1, command, larger), 1).urgent);
  }

  /** Four producers that never wait, one consumer, and a look at the bounds at every step. */
  @RepeatedTest(10)
  void boundsHoldAndEachProducersOrderIsKept() throws InterruptedException {
    int producers = 4;
    int each = 5_000;
    int limitMessages = 64;
    OutboundQueue queue = new OutboundQueue(limitMessages, 64 * 50, PLENTY);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger mostHeld = new AtomicInteger();
    AtomicLong mostBytes = new AtomicLong();
    AtomicBoolean late = new AtomicBoolean();
    Thread[] threads = new Thread[producers];
    for (int producer = 0; producer < producers; producer++) {
      int own = producer;
      threads[producer] =
          new Thread(
              () -> {
                for (int number = 0; number < each && !late.get(); ) {
                  if (queue.offer(numbered(own, number)) == SendResult.QUEUED) {
                    mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                    number++;
                  } else {
                    Thread.onSpinWait();
                  }
                }
              });
      threads[producer].start();
    }
    int[] next = new int[producers];
    long end = System.nanoTime() + 20_000_000_000L;
    for (int taken = 0; taken < producers * each; ) {
      Outbound outbound = queue.poll();
      if (outbound == null) {
        late.set(System.nanoTime() - end > 0);
        assertTrue(!late.get(), "only " + taken + " messages came");
        Thread.onSpinWait();
        continue;
      }
      mostBytes.accumulateAndGet(queue.bytes(), Math::max);
      ByteBuffer payload = outbound.message().payload();
      assertEquals(next[payload.getInt()]++, payload.getInt());
      held.decrementAndGet();
      queue.written(outbound);
      taken++;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(mostHeld.get() <= limitMessages, mostHeld + " messages held");
    // A refused offer shows in the counter for a moment; what is held does not exceed it.
    long oneEach = (long) producers * (HEADER_BYTES + 8);
    assertTrue(mostBytes.get() <= 64 * 50 + oneEach, mostBytes + " bytes held");
    assertEquals(0, queue.messages());
    assertEquals(0, queue.bytes());
    assertEquals(producers * each, Arrays.stream(next).sum());
  }

  private static Outbound numbered(int producer, int number) {
    return message(ByteBuffer.allocate(8).putInt(producer).putInt(number).array());
  }
}
