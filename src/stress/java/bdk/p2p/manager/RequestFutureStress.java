package bdk.p2p.manager;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import bdk.p2p.environment.BareEnvironment;
import bdk.p2p.environment.Environment;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Several ends of one request meet: one counts, and the caller's future has that one. */
public class RequestFutureStress {
  private static final Environment ENVIRONMENT = BareEnvironment.of(Runnable::run);
  private static final NodeId PEER = new NodeId(InetAddress.getLoopbackAddress(), 9);
  private static final Command ASK = Command.of(Command.FIRST_FREE);
  private static final Answer ANSWER =
      (Answer) Message.adopt(MessageType.ANSWER, 1, ASK, new byte[0]);

  private RequestFutureStress() {}

  /** A request, and how its ends were counted. */
  private static final class Asked {
    private final Queue<RequestOutcome> counted = new ConcurrentLinkedQueue<>();
    private final RequestFuture future =
        new RequestFuture(PEER, ASK, false, ENVIRONMENT, counted::add);

    void end(RequestOutcome outcome) {
      future.waiter().settle(outcome, outcome == RequestOutcome.ANSWERED ? ANSWER : null);
    }

    void cancel() {
      future.cancel(false);
    }

    /** What was counted, if that is what the future has. */
    String outcome() {
      RequestOutcome had =
          future.isCancelled()
              ? RequestOutcome.CANCELLED
              : future.handle((answer, failure) -> outcome(failure)).getNow(null);
      return counted.size() == 1 && had == counted.peek() ? had.name() : counted + " but " + had;
    }

    private static RequestOutcome outcome(Throwable failure) {
      return failure == null ? RequestOutcome.ANSWERED : ((RequestException) failure).outcome();
    }
  }

  @JCStressTest
  @Outcome(id = "ANSWERED", expect = ACCEPTABLE, desc = "the answer was first")
  @Outcome(id = "CANCELLED", expect = ACCEPTABLE, desc = "the caller was")
  @State
  public static class AnswerOrCancel {
    private final Asked asked = new Asked();

    @Actor
    public void answer() {
      asked.end(RequestOutcome.ANSWERED);
    }

    @Actor
    public void cancel() {
      asked.cancel();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = asked.outcome();
    }
  }

  @JCStressTest
  @Outcome(id = "TIMED_OUT", expect = ACCEPTABLE, desc = "the time was first")
  @Outcome(id = "PEER_GONE", expect = ACCEPTABLE, desc = "the close was")
  @State
  public static class TimeOutOrClose {
    private final Asked asked = new Asked();

    @Actor
    public void timeOut() {
      asked.end(RequestOutcome.TIMED_OUT);
    }

    @Actor
    public void close() {
      asked.end(RequestOutcome.PEER_GONE);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = asked.outcome();
    }
  }

  @JCStressTest
  @Outcome(id = "TIMED_OUT", expect = ACCEPTABLE, desc = "the time was first")
  @Outcome(id = "CANCELLED", expect = ACCEPTABLE, desc = "the caller was")
  @State
  public static class TimeOutOrCancel {
    private final Asked asked = new Asked();

    @Actor
    public void timeOut() {
      asked.end(RequestOutcome.TIMED_OUT);
    }

    @Actor
    public void cancel() {
      asked.cancel();
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = asked.outcome();
    }
  }

  @JCStressTest
  @Outcome(id = "ANSWERED", expect = ACCEPTABLE, desc = "the answer was first")
  @Outcome(id = "PEER_GONE", expect = ACCEPTABLE, desc = "the close was")
  @State
  public static class AnswerOrClose {
    private final Asked asked = new Asked();

    @Actor
    public void answer() {
      asked.end(RequestOutcome.ANSWERED);
    }

    @Actor
    public void close() {
      asked.end(RequestOutcome.PEER_GONE);
    }

    @Arbiter
    public void end(L_Result result) {
      result.r1 = asked.outcome();
    }
  }
}
