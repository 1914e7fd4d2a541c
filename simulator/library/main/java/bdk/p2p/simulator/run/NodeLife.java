package bdk.p2p.simulator.run;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One life of a node, from its start to its end, in this process or in another: all that a run asks
 * of it. Driver's thread only.
 */
public interface NodeLife {
  /** The peers that it has now, the oldest first. */
  List<Peer> peers();

  /** What it has done in this life; of a node in another process, when it last told. */
  ManagerStatistics statistics();

  /** Publishes a broadcast. */
  void broadcast(Command command, ByteBuffer payload);

  /**
   * Asks a peer for a block.
   *
   * @param limit how long to wait
   * @param settling told once, on any thread
   */
  void ask(Peer peer, Command command, ByteBuffer payload, Duration limit, Settling settling);

  /** Notifies all NORMAL peers. */
  void notifyAll(Command command, ByteBuffer payload);

  /** Stops it in order. */
  void close();

  /** Hears how a request ended. */
  @FunctionalInterface
  interface Settling {
    /**
     * It ended.
     *
     * @param nanos when, from the start of the run
     * @param answerer the index of the node that made the answer
     * @param failure why there was none
     */
    void settled(long nanos, Optional<Integer> answerer, Optional<String> failure);
  }
}
