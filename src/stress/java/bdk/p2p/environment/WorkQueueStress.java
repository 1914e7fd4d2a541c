package bdk.p2p.environment;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A task comes while a worker goes to sleep, looks again, or gets up by itself: it is taken. */
public class WorkQueueStress {
  private static final Runnable TASK = () -> {};

  /** A wake-up that is lost is one that has not come after so long. */
  private static final long LOST_SECONDS = 2;

  /** The time after which a worker looks again, to see whether that pays by now. */
  private static final int TIMES_IN_VAIN = 31;

  private WorkQueueStress() {}

  private static String take(WorkQueue queue, long time, TimeUnit unit) {
    try {
      return queue.poll(time, unit) == null ? "lost" : "taken";
    } catch (InterruptedException nobodyDoesThat) {
      return "interrupted";
    }
  }

  /** The only worker finds nothing, and sleeps. */
  @JCStressTest
  @Outcome(id = "taken", expect = ACCEPTABLE, desc = "it was there, or woke the worker")
  @State
  public static class SleepOrTask {
    private final WorkQueue queue = new WorkQueue();

    public SleepOrTask() {
      queue.begin();
    }

    @Actor
    public void work(L_Result result) {
      result.r1 = take(queue, LOST_SECONDS, SECONDS);
    }

    @Actor
    public void add() {
      queue.offer(TASK);
    }
  }

  /** The only worker looks again before it sleeps; then comes a second task. */
  @JCStressTest
  @Outcome(id = "taken, taken", expect = ACCEPTABLE, desc = "both were")
  @State
  public static class LookOrTask {
    private final WorkQueue queue = new WorkQueue();

    public LookOrTask() {
      queue.begin();
      for (int count = 0; count < TIMES_IN_VAIN; count++) {
        take(queue, 0, NANOSECONDS);
      }
    }

    @Actor
    public void work(L_Result result) {
      result.r1 = take(queue, LOST_SECONDS, SECONDS) + ", " + take(queue, LOST_SECONDS, SECONDS);
    }

    @Actor
    public void add() {
      queue.offer(TASK);
      queue.offer(TASK);
    }
  }

  /** One worker runs something long, another gets up because its time is over. */
  @JCStressTest
  @Outcome(id = "taken, then none", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "lost, then taken", expect = ACCEPTABLE, desc = "too late; the next worker has it")
  @State
  public static class UpOrTask {
    private final WorkQueue queue = new WorkQueue();

    public UpOrTask() {
      queue.begin();
      queue.begin();
    }

    @Actor
    public void work(L_Result result) {
      result.r1 = take(queue, 20, MICROSECONDS);
    }

    @Actor
    public void add() {
      queue.offer(TASK);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 += queue.poll() == null ? ", then none" : ", then taken";
    }
  }
}
