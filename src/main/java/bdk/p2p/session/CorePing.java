package bdk.p2p.session;

import bdk.p2p.message.Answer;
import bdk.p2p.message.RequestOutcome;
import java.util.function.Consumer;

/** One ping of the core's own: tells whether it was answered. Event loop only. */
final class CorePing implements RequestWaiter {
  private final Consumer<Boolean> answered;
  private boolean done;

  CorePing(Consumer<Boolean> answered) {
    this.answered = answered;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void settle(RequestOutcome outcome, Answer answer) {
    done = true;
    answered.accept(outcome == RequestOutcome.ANSWERED);
  }
}
