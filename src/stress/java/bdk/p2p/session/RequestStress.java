package bdk.p2p.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Requests are made while their session closes or its loop ends: each ends, and once. */
public class RequestStress {
  private static final long FAR = 1L << 60;

  private RequestStress() {}

  private static Runnable ask(SessionRig rig) {
    return rig.session.request(SessionRig.ASK, ByteBuffer.allocate(1), FAR, false, rig.waiter());
  }

  private static String end(SessionRig rig) {
    rig.settle();
    return "ended " + rig.ends() + rig.held();
  }

  @JCStressTest
  @Outcome(id = "ended 1", expect = ACCEPTABLE, desc = "whoever came first")
  @State
  public static class AskOrClose {
    private final SessionRig rig = new SessionRig();

    @Actor
    public void ask() {
      RequestStress.ask(rig);
    }

    @Actor
    public void close() {
      rig.loop.hold();
      rig.loop.run();
      rig.session.closeNow(SessionRig.GONE);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = RequestStress.end(rig);
    }
  }

  @JCStressTest
  @Outcome(id = "ended 2", expect = ACCEPTABLE, desc = "each by the thread that takes it out")
  @State
  public static class AskAfterTheLoop {
    private final SessionRig rig = new SessionRig();

    public AskAfterTheLoop() {
      rig.loop.end();
    }

    @Actor
    public void one() {
      RequestStress.ask(rig);
    }

    @Actor
    public void other() {
      RequestStress.ask(rig);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = RequestStress.end(rig);
    }
  }

  /** The caller takes its request back while the peer's answer, or its own close, comes in. */
  @JCStressTest
  @Outcome(id = "ended 0", expect = ACCEPTABLE, desc = "taken back before the close")
  @Outcome(id = "ended 1", expect = ACCEPTABLE, desc = "after it")
  @State
  public static class TakeBackOrClose {
    private final SessionRig rig = new SessionRig();
    private final Runnable back;

    public TakeBackOrClose() {
      back = RequestStress.ask(rig);
      rig.settle();
    }

    @Actor
    public void takeBack() {
      back.run();
    }

    @Actor
    public void close() {
      rig.loop.hold();
      rig.loop.run();
      rig.session.closeNow(SessionRig.GONE);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = RequestStress.end(rig);
    }
  }

  /** One place: two threads want it, or one wants it while it is given back. */
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "one has it")
  @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "the other has it")
  @State
  public static class OnePlace {
    private final PendingRequests requests = new PendingRequests(1, () -> 1);

    @Actor
    public void one(ZZL_Result result) {
      result.r1 = requests.tryOpen();
    }

    @Actor
    public void other(ZZL_Result result) {
      result.r2 = requests.tryOpen();
    }

    @Arbiter
    public void end(ZZL_Result result) {
      result.r3 = requests.count();
    }
  }

  @JCStressTest
  @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "after the answer")
  @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "before it")
  @State
  public static class PlaceOfAnAnswered {
    private final PendingRequests requests = new PendingRequests(1, () -> 1);
    private final SessionRig counts = new SessionRig();

    public PlaceOfAnAnswered() {
      requests.tryOpen();
      requests.register(new PendingRequest(SessionRig.ASK, new byte[0], FAR, counts.waiter()));
    }

    @Actor
    public void ask(ZZL_Result result) {
      result.r1 = requests.tryOpen();
    }

    @Actor
    public void answer(ZZL_Result result) {
      Message answer = Message.adopt(MessageType.ANSWER, 1, SessionRig.ASK, new byte[0]);
      result.r2 = requests.answered((Answer) answer) == PendingRequests.Match.SETTLED;
    }

    @Arbiter
    public void end(ZZL_Result result) {
      result.r3 = requests.count();
    }
  }
}
