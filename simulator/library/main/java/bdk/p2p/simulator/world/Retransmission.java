package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;

/**
 * What a sender does about a segment that nobody acknowledges: it sends it again, at growing
 * intervals. The machine that should have answered has lost power, so no repetition is ever
 * delivered; but once the machine is on again, it answers with a reset, and after enough silence
 * the sender gives up by itself.
 */
final class Retransmission {
  private static final long FIRST_NANOS = 200_000_000;
  private static final long LONGEST_NANOS = 120_000_000_000L;
  private static final int TRIES_LIMIT = 15;

  private final Connection connection;
  private final ConnectionEnd sender;
  private final Timeline timeline;
  private final Life life;
  private final Link link;
  private int tries;

  Retransmission(Connection connection, ConnectionEnd sender, Link link) {
    this.connection = connection;
    this.sender = sender;
    World world = connection.host(sender).world();
    this.timeline = world.timeline();
    this.life = world.life();
    this.link = link;
  }

  /** A segment was lost. */
  void start() {
    if (tries == 0) {
      scheduleNext();
    }
  }

  private void scheduleNext() {
    long pause = Math.min(LONGEST_NANOS, FIRST_NANOS << tries);
    tries++;
    timeline.at(timeline.after(pause), life, this::sendAgain);
  }

  private void sendAgain() {
    if (!connection.isUsable(sender)) {
      return;
    }
    if (tries > TRIES_LIMIT) {
      connection.giveUp(sender);
    } else {
      long id = connection.id();
      Fate fate = link.judge(Passage.Kind.BYTES, id, 0, Losses.NONE);
      switch (fate.outcome()) {
        case PASS -> link.carry(new Link.Order(), 0, fate.delayNanos(), this::onArrival);
        case LOSE, HOLD -> scheduleNext();
        case CUT, REFUSE -> connection.cut();
      }
    }
  }

  private void onArrival() {
    boolean isAnswered =
        connection.host(sender.other()).isUp() && connection.bounce(sender.other());
    connection.onDropped();
    if (!isAnswered) {
      scheduleNext();
    }
  }
}
