package bdk.p2p.simulator.run;

import bdk.p2p.message.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that the workload has sent. Driver's thread only. */
final class Traffic implements RunListener {
  private final List<BroadcastRecord> broadcasts = new ArrayList<>();
  private final List<RequestRecord> requests = new ArrayList<>();
  private long deliveries;
  private long duplicates;

  /** Every broadcast so far; its index is in the first eight bytes of its payload. */
  List<BroadcastRecord> broadcasts() {
    return broadcasts;
  }

  List<RequestRecord> requests() {
    return requests;
  }

  long deliveries() {
    return deliveries;
  }

  long duplicates() {
    return duplicates;
  }

  /**
   * The record of a broadcast; empty for one that is not the workload's. One with another command
   * is another broadcast: the protocol's id covers the payload only, so a flipped bit can make one.
   */
  Optional<BroadcastRecord> find(Command command, long index, int bytes) {
    boolean known =
        index >= 0
            && index < broadcasts.size()
            && broadcasts.get((int) index).command() == command.code()
            && broadcasts.get((int) index).bytes() == bytes;
    return known ? Optional.of(broadcasts.get((int) index)) : Optional.empty();
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Handled handled) {
      deliveries++;
      handled.broadcast().arrived(handled.node(), handled.nanos());
    } else if (event instanceof RunEvent.Duplicate copy) {
      duplicates++;
      copy.broadcast().duplicate();
    } else if (event instanceof RunEvent.Settled settled) {
      settled.request().ended(settled.nanos(), settled.failure());
    }
  }
}
