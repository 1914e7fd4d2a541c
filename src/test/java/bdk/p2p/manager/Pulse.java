package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Honest nodes that ask one node at a steady pace and note how long each answer takes. One thread
 * asks; answers are noted on the nodes' workers.
 */
final class Pulse implements AutoCloseable {
  /** Between two requests of all honest nodes together. */
  private static final long PACE_NANOS = 250_000;

  private final List<Manager> nodes = new ArrayList<>();
  private final List<Peer> target = new ArrayList<>();
  private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Thread asking;
  private volatile boolean ended;

  Pulse(NodeId node, int count) {
    for (int index = 0; index < count; index++) {
      Manager honest =
          Manager.builder().listen("127.0.0.1", 0).options(Siege.options().build()).start();
      nodes.add(honest);
      target.add(Await.value(honest.connect(node)));
    }
    asking = new Thread(this::ask, "pulse");
    asking.start();
  }

  private void ask() {
    long next = System.nanoTime();
    for (int turn = 0; !ended; turn++) {
      int index = turn % nodes.size();
      long start = System.nanoTime();
      nodes
          .get(index)
          .request(target.get(index), Siege.ECHO, ByteBuffer.allocate(100))
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  failures.incrementAndGet();
                } else {
                  times.add(System.nanoTime() - start);
                }
              });
      next += PACE_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** How long the answers took that come within this time, in nanoseconds, in no order. */
  List<Long> during(Duration time) {
    times.clear();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return List.copyOf(times);
  }

  int failures() {
    return failures.get();
  }

  /** Where one of the honest nodes listens. */
  NodeId someNode() {
    return nodes.get(0).listening().orElseThrow();
  }

  /** True if every honest node still has its session. */
  boolean isWhole() {
    return target.stream().allMatch(Peer::isConnected);
  }

  @Override
  public void close() {
    ended = true;
    try {
      asking.join();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
    nodes.forEach(Manager::close);
  }
}
