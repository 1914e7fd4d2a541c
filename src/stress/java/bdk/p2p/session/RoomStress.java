package bdk.p2p.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody comes to wait just as there is room, or the session ends: that one is told, once. */
public class RoomStress {
  private RoomStress() {}

  /** A session in whose queue a message waits, and somebody for whom that leaves no room. */
  private static final class Rig {
    private static final int ONLY_WHEN_EMPTY_BYTES = 1 << 20;

    final SessionRig session = new SessionRig();
    private final AtomicInteger told = new AtomicInteger();

    Rig() {
      session.session.offer(SessionRig.message());
    }

    void await() {
      if (!session.session.awaitRoom(ONLY_WHEN_EMPTY_BYTES, told::incrementAndGet)) {
        told.incrementAndGet();
      }
    }

    void close() {
      session.session.closeNow(SessionRig.GONE);
    }

    String end() {
      session.settle();
      session.written();
      return "told " + told;
    }
  }

  /** The loop writes the message. */
  @JCStressTest
  @Outcome(id = "told 1", expect = ACCEPTABLE, desc = "at once or later")
  @State
  public static class AwaitOrDrain {
    private final Rig rig = new Rig();

    @Actor
    public void await() {
      rig.await();
    }

    @Actor
    public void drain() {
      rig.session.loop.hold();
      rig.session.loop.run();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.end();
    }
  }

  /** The loop closes the session. */
  @JCStressTest
  @Outcome(id = "told 1", expect = ACCEPTABLE, desc = "at once or later")
  @State
  public static class AwaitOrClose {
    private final Rig rig = new Rig();

    @Actor
    public void await() {
      rig.await();
    }

    @Actor
    public void close() {
      rig.session.loop.hold();
      rig.close();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.end();
    }
  }

  /** The loop closes the session and ends. */
  @JCStressTest
  @Outcome(id = "told 1", expect = ACCEPTABLE, desc = "at once or later")
  @State
  public static class AwaitWhileTheLoopEnds {
    private final Rig rig = new Rig();

    @Actor
    public void await() {
      rig.await();
    }

    @Actor
    public void closeAndEnd() {
      rig.session.loop.hold();
      rig.close();
      rig.session.loop.end();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.end();
    }
  }
}
