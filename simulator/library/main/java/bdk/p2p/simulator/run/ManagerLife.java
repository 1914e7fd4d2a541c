package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.manager.RequestException;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The life of a node in this process. Any thread. */
public final class ManagerLife implements NodeLife {
  private final Manager manager;
  private final LongSupplier clock;

  /**
   * Of a node that has started.
   *
   * @param clock the time of the run
   */
  public ManagerLife(Manager manager, LongSupplier clock) {
    this.manager = manager;
    this.clock = clock;
  }

  @Override
  public List<Peer> peers() {
    return manager.peers();
  }

  @Override
  public ManagerStatistics statistics() {
    return manager.statistics();
  }

  @Override
  public void broadcast(Command command, ByteBuffer payload) {
    manager.broadcast(command, payload);
  }

  @Override
  public void ask(
      Peer peer, Command command, ByteBuffer payload, Duration limit, Settling settling) {
    manager
        .request(peer, command, payload, limit)
        .whenComplete(
            (answer, failure) ->
                settling.settled(
                    clock.getAsLong(),
                    Optional.ofNullable(answer).map(Answer::payload).flatMap(Payloads::answerer),
                    Optional.ofNullable(failure).map(ManagerLife::why)));
  }

  private static String why(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof RequestException request ? request.outcome().name() : cause.toString();
  }

  @Override
  public void notifyAll(Command command, ByteBuffer payload) {
    manager.notifyAll(command, payload);
  }

  @Override
  public void close() {
    manager.close();
  }
}
