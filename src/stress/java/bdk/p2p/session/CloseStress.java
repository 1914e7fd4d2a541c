package bdk.p2p.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import bdk.p2p.message.SendResult;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A session is closed while messages are handed over: each is written or reported, and once. */
public class CloseStress {
  private CloseStress() {}

  /** What became of one message that was handed over. */
  private static String end(SessionRig rig) {
    rig.settle();
    return "written " + rig.written() + ", unsent " + rig.unsent() + rig.held();
  }

  /** The loop closes without having looked at the queue. */
  @JCStressTest
  @Outcome(id = "PEER_GONE, written 0, unsent 0", expect = ACCEPTABLE, desc = "came too late")
  @Outcome(id = "QUEUED, written 0, unsent 1", expect = ACCEPTABLE, desc = "came just in time")
  @State
  public static class OfferOrClose {
    private final SessionRig rig = new SessionRig();

    public OfferOrClose() {
      rig.written();
    }

    @Actor
    public void offer(LL_Result result) {
      result.r1 = rig.session.offer(SessionRig.message());
    }

    @Actor
    public void close() {
      rig.loop.hold();
      rig.session.closeNow(SessionRig.GONE);
    }

    @Arbiter
    public void end(LL_Result result) {
      result.r2 = CloseStress.end(rig);
    }
  }

  /** The loop writes what it finds, then closes. */
  @JCStressTest
  @Outcome(id = "PEER_GONE, written 0, unsent 0", expect = ACCEPTABLE, desc = "came too late")
  @Outcome(id = "QUEUED, written 0, unsent 1", expect = ACCEPTABLE, desc = "came after the writing")
  @Outcome(id = "QUEUED, written 1, unsent 0", expect = ACCEPTABLE, desc = "came before it")
  @State
  public static class OfferOrWriteAndClose {
    private final SessionRig rig = new SessionRig();

    public OfferOrWriteAndClose() {
      rig.written();
    }

    @Actor
    public void offer(LL_Result result) {
      result.r1 = rig.session.offer(SessionRig.message());
    }

    @Actor
    public void writeAndClose() {
      rig.loop.hold();
      rig.loop.run();
      rig.session.drain();
      rig.session.closeNow(SessionRig.GONE);
    }

    @Arbiter
    public void end(LL_Result result) {
      result.r2 = CloseStress.end(rig);
    }
  }

  /** Nobody closes: two threads hand over while the loop drains, and nothing stays behind. */
  @JCStressTest
  @Outcome(id = "written 3, unsent 0", expect = ACCEPTABLE, desc = "all")
  @State
  public static class OfferWhileDraining {
    private final SessionRig rig = new SessionRig();

    public OfferWhileDraining() {
      rig.written();
    }

    @Actor
    public void offerTwo() {
      rig.session.offer(SessionRig.message());
      rig.session.offer(SessionRig.message());
    }

    @Actor
    public void offerAndDrain() {
      rig.session.offer(SessionRig.message());
      rig.loop.hold();
      rig.loop.run();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = CloseStress.end(rig);
    }
  }

  /** No loop is left: two late threads dispose of what they handed over, by themselves. */
  @JCStressTest
  @Outcome(id = "unsent 4", expect = ACCEPTABLE, desc = "all, once each")
  @State
  public static class OfferAfterTheLoop {
    private final SessionRig rig = new SessionRig();

    public OfferAfterTheLoop() {
      rig.loop.end();
    }

    private void offerTwo() {
      for (int count = 0; count < 2; count++) {
        if (rig.session.offer(SessionRig.message()) != SendResult.QUEUED) {
          throw new IllegalStateException("it was not closed");
        }
      }
    }

    @Actor
    public void one() {
      offerTwo();
    }

    @Actor
    public void other() {
      offerTwo();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = "unsent " + rig.unsent() + rig.held();
    }
  }

  /** The loop closes, runs what waits and ends, while a thread hands over. */
  @JCStressTest
  @Outcome(id = "PEER_GONE, unsent 0", expect = ACCEPTABLE, desc = "came too late")
  @Outcome(id = "QUEUED, unsent 1", expect = ACCEPTABLE, desc = "came just in time")
  @State
  public static class OfferWhileTheLoopEnds {
    private final SessionRig rig = new SessionRig();

    @Actor
    public void offer(LL_Result result) {
      result.r1 = rig.session.offer(SessionRig.message());
    }

    @Actor
    public void closeAndEnd() {
      rig.loop.hold();
      rig.session.closeNow(SessionRig.GONE);
      rig.loop.end();
    }

    @Arbiter
    public void end(LL_Result result) {
      rig.settle();
      result.r2 = "unsent " + rig.unsent() + rig.held();
    }
  }
}
