package bdk.p2p.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import bdk.p2p.dispatch.Dispatcher;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Request;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A task waits because an answer has not left, which leaves just then, or never will. */
public class BackPressureStress {
  private BackPressureStress() {}

  /** A session whose share is filled by one answer that waits to be written. */
  private static final class Rig {
    private final SessionRig rig = new SessionRig(1);
    private final Dispatcher dispatcher = new Dispatcher(Runnable::run, () -> 0, null, null);
    private final AtomicInteger ran = new AtomicInteger();

    Rig() {
      dispatcher.open(rig.session);
      dispatcher.admit(rig.session, () -> {});
      rig.onMayAnswer(() -> dispatcher.goOn(rig.session));
      Request request =
          (Request) Message.adopt(MessageType.REQUEST, 1, SessionRig.ASK, new byte[1]);
      rig.session.received(request);
      rig.session
          .handling()
          .answer(new Answer(request.id(), SessionRig.ASK, request.payload()), request);
      rig.session.handling().answersAreThere();
      if (rig.session.handling().mayAnswer()) {
        throw new IllegalStateException("its share is not full");
      }
    }

    void add() {
      dispatcher.inOrder(rig.session, ran::incrementAndGet);
    }

    String end() {
      rig.settle();
      return "ran " + ran.get() + rig.held();
    }
  }

  @JCStressTest
  @Outcome(id = "ran 1", expect = ACCEPTABLE, desc = "it was not stuck")
  @State
  public static class AddOrWrite {
    private final Rig rig = new Rig();

    @Actor
    public void add() {
      rig.add();
    }

    @Actor
    public void write() {
      rig.rig.settle();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.end();
    }
  }

  @JCStressTest
  @Outcome(id = "ran 1", expect = ACCEPTABLE, desc = "it was not stuck")
  @State
  public static class AddOrClose {
    private final Rig rig = new Rig();

    @Actor
    public void add() {
      rig.add();
    }

    @Actor
    public void close() {
      rig.rig.loop.hold();
      rig.rig.session.closeNow(SessionRig.GONE);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.end();
    }
  }
}
