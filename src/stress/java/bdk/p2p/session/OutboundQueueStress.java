package bdk.p2p.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import bdk.p2p.budget.Holders;
import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads hand over, or one does while the loop takes out: bounds, order and sums. */
public class OutboundQueueStress {
  private static final int HEADER_BYTES = 19;

  private OutboundQueueStress() {}

  private static Outbound message(int number, int frameBytes) {
    return Outbound.of(
        Message.adopt(
            MessageType.NOTIFICATION, number, SessionRig.ASK, new byte[frameBytes - HEADER_BYTES]),
        false);
  }

  private static SharedBudget plenty() {
    return new SharedBudget(1L << 40, new Holders());
  }

  /** What the queue says it holds, what comes out of it, and what is left then. */
  private static String emptied(OutboundQueue queue, SharedBudget budget) {
    String said = queue.messages() + "/" + queue.bytes() + "/" + budget.taken();
    int messages = 0;
    int bytes = 0;
    Outbound next;
    while ((next = queue.poll()) != null) {
      messages++;
      bytes += next.frameBytes;
      queue.written(next);
    }
    boolean right =
        said.equals(messages + "/" + bytes + "/" + bytes)
            && queue.messages() + queue.bytes() + budget.taken() == 0;
    return right ? "holds " + messages : said + " but held " + messages + "/" + bytes;
  }

  @JCStressTest
  @Outcome(id = "QUEUED, QUEUE_FULL, holds 1", expect = ACCEPTABLE, desc = "one was first")
  @Outcome(id = "QUEUE_FULL, QUEUED, holds 1", expect = ACCEPTABLE, desc = "the other was")
  @State
  public static class LastPlace {
    private final SharedBudget budget = plenty();
    private final OutboundQueue queue = new OutboundQueue(1, 1000, budget);

    @Actor
    public void one(LLL_Result result) {
      result.r1 = queue.offer(message(1, 20));
    }

    @Actor
    public void other(LLL_Result result) {
      result.r2 = queue.offer(message(2, 30));
    }

    @Arbiter
    public void end(LLL_Result result) {
      result.r3 = emptied(queue, budget);
    }
  }

  /** 40 of 100 bytes are taken; 50 have room, 70 have not. */
  @JCStressTest
  @Outcome(id = "QUEUED, QUEUE_FULL, holds 2", expect = ACCEPTABLE, desc = "what has room is in")
  @Outcome(
      id = "QUEUE_FULL, QUEUE_FULL, holds 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "what is being refused is in the sum for a moment, and costs the other its room")
  @State
  public static class RoomForOne {
    private final SharedBudget budget = plenty();
    private final OutboundQueue queue = new OutboundQueue(10, 100, budget);

    public RoomForOne() {
      queue.offer(message(0, 40));
    }

    @Actor
    public void fits(LLL_Result result) {
      result.r1 = queue.offer(message(1, 50));
    }

    @Actor
    public void doesNotFit(LLL_Result result) {
      result.r2 = queue.offer(message(2, 70));
    }

    @Arbiter
    public void end(LLL_Result result) {
      result.r3 = emptied(queue, budget);
    }
  }

  /** The node's budget has no more room for this queue than its share. */
  @JCStressTest
  @Outcome(id = "QUEUED, QUEUE_FULL, holds 1", expect = ACCEPTABLE, desc = "one was first")
  @Outcome(id = "QUEUE_FULL, QUEUED, holds 1", expect = ACCEPTABLE, desc = "the other was")
  @Outcome(
      id = "QUEUED, QUEUED, holds 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the sum of all is taken after the look at it: one message a thread above it")
  @State
  public static class FullBudget {
    private final SharedBudget budget = new SharedBudget(20, new Holders());
    private final OutboundQueue queue = new OutboundQueue(10, 1000, budget);

    @Actor
    public void one(LLL_Result result) {
      result.r1 = queue.offer(message(1, 20));
    }

    @Actor
    public void other(LLL_Result result) {
      result.r2 = queue.offer(message(2, 20));
    }

    @Arbiter
    public void end(LLL_Result result) {
      result.r3 = emptied(queue, budget);
    }
  }

  /** One place, which the loop gives back while a thread wants it. */
  @JCStressTest
  @Outcome(id = "QUEUED, holds 1", expect = ACCEPTABLE, desc = "after it was given back")
  @Outcome(id = "QUEUE_FULL, holds 0", expect = ACCEPTABLE, desc = "before")
  @State
  public static class OfferOrWritten {
    private final SharedBudget budget = plenty();
    private final OutboundQueue queue = new OutboundQueue(1, 1000, budget);

    public OfferOrWritten() {
      queue.offer(message(0, 40));
    }

    @Actor
    public void offer(LL_Result result) {
      result.r1 = queue.offer(message(1, 50));
    }

    @Actor
    public void write() {
      queue.written(queue.poll());
    }

    @Arbiter
    public void end(LL_Result result) {
      result.r2 = emptied(queue, budget);
    }
  }

  /** Each thread hands over two; one of them takes out what it finds. */
  @JCStressTest
  @Outcome(id = "in order, nothing held", expect = ACCEPTABLE, desc = "each thread's own")
  @State
  public static class Order {
    private final SharedBudget budget = plenty();
    private final OutboundQueue queue = new OutboundQueue(10, 1000, budget);
    private final long[] last = new long[3];
    private int taken;
    private boolean disordered;

    private void hand(int thread) {
      queue.offer(message(10 * thread + 1, 20));
      queue.offer(message(10 * thread + 2, 20));
    }

    private void take() {
      Outbound next;
      while ((next = queue.poll()) != null) {
        long number = next.message().id().value();
        int thread = (int) number / 10;
        disordered |= number <= last[thread];
        last[thread] = number;
        taken++;
        queue.written(next);
      }
    }

    @Actor
    public void one() {
      hand(1);
    }

    @Actor
    public void otherAndLoop() {
      hand(2);
      take();
    }

    @Arbiter
    public void end(L_Result result) {
      take();
      long held = queue.messages() + queue.bytes() + budget.taken();
      result.r1 =
          (taken == 4 && !disordered ? "in order, " : "disordered, " + taken + " came, ")
              + (held == 0 ? "nothing held" : "something held");
    }
  }

  /** A frame that two sessions share counts once, however they come and go. */
  @JCStressTest
  @Outcome(id = "30 held, then 0", expect = ACCEPTABLE, desc = "once")
  @State
  public static class FrameOfTwo {
    private final SharedBudget budget = plenty();
    private final OutboundQueue left = new OutboundQueue(10, 1000, budget);
    private final OutboundQueue right = new OutboundQueue(10, 1000, budget);
    private final Message message = message(1, 30).message();
    private final SharedFrame frame = SharedFrame.of(message, small -> null);

    public FrameOfTwo() {
      left.offer(Outbound.shared(message, frame, false));
    }

    @Actor
    public void comes() {
      right.offer(Outbound.shared(message, frame, false));
    }

    @Actor
    public void goes() {
      end(left);
    }

    private static void end(OutboundQueue queue) {
      Outbound outbound = queue.poll();
      queue.written(outbound);
      outbound.release();
    }

    @Arbiter
    public void end(L_Result result) {
      long held = budget.taken();
      end(right);
      result.r1 = held + " held, then " + budget.taken();
      frame.release();
    }
  }
}
