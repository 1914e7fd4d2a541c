package bdk.p2p.session;

import bdk.p2p.budget.Holders;
import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.SendResult;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One thread hands over, another takes: our bounded queue, against a bounded queue of the JDK's in
 * the same run. The counter {@code taken} is the throughput that counts.
 */
@State(Scope.Group)
public class OutboundQueueBench {
  private static final int LIMIT = 4096;

  private final OutboundQueue queue =
      new OutboundQueue(LIMIT, 1L << 30, new SharedBudget(1L << 40, new Holders()));
  private final ArrayBlockingQueue<Outbound> plain = new ArrayBlockingQueue<>(LIMIT);
  private final Outbound outbound =
      Outbound.of(
          Message.adopt(MessageType.NOTIFICATION, 1, Command.of(Command.FIRST_FREE), new byte[100]),
          false);

  /** What arrived. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counts {
    public long taken;
  }

  @Benchmark
  @Group("bounded")
  @GroupThreads(1)
  public boolean offer() {
    boolean queued = queue.offer(outbound) == SendResult.QUEUED;
    if (!queued) {
      Thread.onSpinWait();
    }
    return queued;
  }

  @Benchmark
  @Group("bounded")
  @GroupThreads(1)
  public void take(Counts counts) {
    Outbound next = queue.poll();
    if (next != null) {
      queue.written(next);
      counts.taken++;
    }
  }

  @Benchmark
  @Group("jdkArrayBlocking")
  @GroupThreads(1)
  public boolean offerPlain() {
    boolean queued = plain.offer(outbound);
    if (!queued) {
      Thread.onSpinWait();
    }
    return queued;
  }

  @Benchmark
  @Group("jdkArrayBlocking")
  @GroupThreads(1)
  public void takePlain(Counts counts) {
    if (plain.poll() != null) {
      counts.taken++;
    }
  }
}
