package bdk.p2p.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Tasks come while the inbox may begin or go on: none is stuck, doubled or out of order. */
public class InboxStress {
  private InboxStress() {}

  /** An inbox whose workers are whatever thread brings them something. */
  private static final class Rig {
    final List<String> done = new CopyOnWriteArrayList<>();
    final AtomicInteger atOnce = new AtomicInteger();
    volatile boolean mayRun;
    final Inbox inbox = new Inbox(Runnable::run, () -> 0, () -> mayRun, message -> {}, () -> {});

    Runnable task(String name) {
      return () -> {
        if (atOnce.incrementAndGet() > 1) {
          done.add("at once");
        }
        done.add(name);
        atOnce.decrementAndGet();
      };
    }

    void add(String name) {
      inbox.add(task(name));
    }

    void letRun() {
      mayRun = true;
      inbox.goOn();
    }

    String done() {
      return String.join(" ", done);
    }
  }

  /** A task comes just as it may run. */
  @JCStressTest
  @Outcome(id = "admitted one", expect = ACCEPTABLE, desc = "it ran")
  @State
  public static class AddOrGoOn {
    private final Rig rig = new Rig();

    public AddOrGoOn() {
      rig.mayRun = true;
      rig.inbox.admit(rig.task("admitted"));
      rig.mayRun = false;
    }

    @Actor
    public void add() {
      rig.add("one");
    }

    @Actor
    public void goOn() {
      rig.letRun();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }

  /** One waits already, a second comes just as they may run. */
  @JCStressTest
  @Outcome(id = "admitted one two", expect = ACCEPTABLE, desc = "both ran, in their order")
  @State
  public static class AddWhileWaitingOrGoOn {
    private final Rig rig = new Rig();

    public AddWhileWaitingOrGoOn() {
      rig.mayRun = true;
      rig.inbox.admit(rig.task("admitted"));
      rig.mayRun = false;
      rig.add("one");
    }

    @Actor
    public void add() {
      rig.add("two");
    }

    @Actor
    public void goOn() {
      rig.letRun();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }

  /** They may run, may not, and may, while two come. */
  @JCStressTest
  @Outcome(id = "admitted one two", expect = ACCEPTABLE, desc = "both ran, in their order")
  @State
  public static class AddWhileItChanges {
    private final Rig rig = new Rig();

    public AddWhileItChanges() {
      rig.mayRun = true;
      rig.inbox.admit(rig.task("admitted"));
      rig.mayRun = false;
    }

    @Actor
    public void add() {
      rig.add("one");
      rig.add("two");
    }

    @Actor
    public void change() {
      rig.letRun();
      rig.mayRun = false;
      rig.letRun();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }

  /** Two threads go on with what waits: it runs once. */
  @JCStressTest
  @Outcome(id = "admitted one", expect = ACCEPTABLE, desc = "it ran once")
  @State
  public static class GoOnTwice {
    private final Rig rig = new Rig();

    public GoOnTwice() {
      rig.mayRun = true;
      rig.inbox.admit(rig.task("admitted"));
      rig.mayRun = false;
      rig.add("one");
    }

    @Actor
    public void one() {
      rig.letRun();
    }

    @Actor
    public void other() {
      rig.letRun();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }

  /** Messages come while the session is admitted. */
  @JCStressTest
  @Outcome(id = "admitted one two", expect = ACCEPTABLE, desc = "the first task first")
  @State
  public static class AddOrAdmit {
    private final Rig rig = new Rig();

    public AddOrAdmit() {
      rig.mayRun = true;
    }

    @Actor
    public void add() {
      rig.add("one");
      rig.add("two");
    }

    @Actor
    public void admit() {
      rig.inbox.admit(rig.task("admitted"));
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }

  /** A session ends that may just have been admitted: all of it runs, or nothing. */
  @JCStressTest
  @Outcome(id = "", expect = ACCEPTABLE, desc = "it was discarded")
  @Outcome(id = "admitted one", expect = ACCEPTABLE, desc = "it was admitted")
  @State
  public static class DiscardOrAdmit {
    private final Rig rig = new Rig();

    public DiscardOrAdmit() {
      rig.mayRun = true;
      rig.add("one");
    }

    @Actor
    public void discard() {
      rig.inbox.discardIfHeld(message -> {});
    }

    @Actor
    public void admit() {
      rig.inbox.admit(rig.task("admitted"));
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = rig.done();
    }
  }
}
