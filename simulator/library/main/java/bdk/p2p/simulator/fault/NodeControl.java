package bdk.p2p.simulator.fault;

import java.time.Duration;

/** What a fault can do to whole nodes, named by their index. Driver's thread only. */
public interface NodeControl {
  /** The node's machine loses power. False if it was down. */
  boolean powerOff(int node);

  /** The node's process dies; its machine resets its connections. False if it was down. */
  boolean kill(int node);

  /** The node stops in order. False if it was down. */
  boolean stop(int node);

  /**
   * The node starts again. False if it was up, or starting already.
   *
   * @param persisted whether it finds what its former life had persisted: the addresses of its
   *     peers, and its bans
   */
  boolean start(int node, boolean persisted);

  /** The node's process stands still until {@link #resume}. False if it was down. */
  boolean pause(int node);

  /** The node's process goes on, if it is still there and stands still. */
  void resume(int node);

  /** The node's wall clock is wrong by so much from now on; zero to put it right. */
  void skewClock(int node, Duration offset);

  /**
   * Starts a peer of bad behaviour on a host of its own.
   *
   * @param target the node that it turns against
   * @param behaviour one of the names of hostile behaviours
   * @param onBite called each time it has done what it is for
   * @return ends it
   */
  Runnable attack(int target, String behaviour, Runnable onBite);
}
