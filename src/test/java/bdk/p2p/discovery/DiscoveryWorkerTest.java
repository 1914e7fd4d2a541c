package bdk.p2p.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.peer.AddressBook;
import bdk.p2p.peer.EmbeddedSessions;
import bdk.p2p.session.Session;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DiscoveryWorkerTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final NodeId PEER = NodeId.parse("10.0.0.1:7000");
  private static final NodeId OTHER = NodeId.parse("10.0.0.2:7000");

  /** Without seeds; of a node that dials others. */
  private static DiscoveryWorker worker(
      SystemEnvironment environment, OnePeer network, DiscoveryLimits limits) {
    return new DiscoveryWorker(
        network.loop,
        environment,
        limits,
        new AddressBook(9, environment.random()),
        List.of(),
        true,
        network);
  }

  @Test
  void whatAPeerTellsOfIsDialledOnTheEventLoopWhicheverThreadBringsIt() throws Exception {
    SystemEnvironment environment = new SystemEnvironment("discovery", Transport.NIO, 1, 1);
    try (EmbeddedSessions sessions = new EmbeddedSessions(NodeBudgets.of(1, 1, 1, 1), 0)) {
      EventLoop loop = environment.eventLoops().next();
      OnePeer network = new OnePeer(loop, sessions.accepted(PEER));
      DiscoveryWorker worker =
          worker(environment, network, new DiscoveryLimits(2, 0, 9, 4, LONG, LONG));
      worker.start();
      assertEquals(OTHER + " on the loop", network.dialled.poll(10, TimeUnit.SECONDS));
      worker.stop();
    } finally {
      environment.close(Duration.ofSeconds(1));
    }
  }

  /** Who all others have dialled has nobody left to dial. */
  @Test
  void whoOnlyLacksPeersOfItsOwnChoiceIsInNoHurry() throws Exception {
    SystemEnvironment environment = new SystemEnvironment("discovery", Transport.NIO, 1, 1);
    try (EmbeddedSessions sessions = new EmbeddedSessions(NodeBudgets.of(1, 1, 1, 1), 0)) {
      EventLoop loop = environment.eventLoops().next();
      OnePeer network = new OnePeer(loop, sessions.accepted(PEER));
      DiscoveryWorker worker =
          worker(environment, network, new DiscoveryLimits(1, 1, 9, 4, Duration.ofMillis(1), LONG));
      worker.start();
      assertEquals(OTHER + " on the loop", network.dialled.poll(10, TimeUnit.SECONDS));
      worker.hurry();
      loop.schedule(() -> {}, 50, TimeUnit.MILLISECONDS).get();
      assertEquals(1, network.asked.get());
      worker.stop();
    } finally {
      environment.close(Duration.ofSeconds(1));
    }
  }

  /** The interval is a second; somebody comes or goes each 20 ms. */
  @Test
  void whoComesAndGoesWithoutEndDoesNotKeepItFromLooking() throws Exception {
    SystemEnvironment environment = new SystemEnvironment("discovery", Transport.NIO, 1, 1);
    try (EmbeddedSessions sessions = new EmbeddedSessions(NodeBudgets.of(1, 1, 1, 1), 0)) {
      EventLoop loop = environment.eventLoops().next();
      OnePeer network = new OnePeer(loop, sessions.accepted(PEER));
      DiscoveryWorker worker =
          worker(
              environment, network, new DiscoveryLimits(2, 0, 9, 4, Duration.ofSeconds(1), LONG));
      worker.start();
      Future<?> comers = loop.scheduleAtFixedRate(worker::hurry, 20, 20, TimeUnit.MILLISECONDS);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (network.asked.get() < 3 && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(1_000_000);
      }
      comers.cancel(false);
      assertTrue(network.asked.get() >= 3, network.asked.get() + " rounds in 20 s");
      worker.stop();
    } finally {
      environment.close(Duration.ofSeconds(1));
    }
  }

  /** A network of one peer, which knows of another. */
  private static final class OnePeer implements Network {
    final BlockingQueue<String> dialled = new LinkedBlockingQueue<>();
    final AtomicInteger asked = new AtomicInteger();
    private final EventLoop loop;
    private final Session peer;

    OnePeer(EventLoop loop, Session peer) {
      this.loop = loop;
      this.peer = peer;
    }

    @Override
    public void askForNodes(Session session, Consumer<List<NodeEntry>> answer) {
      asked.incrementAndGet();
      NodeEntry other = new NodeEntry(NodeType.NORMAL, OTHER);
      new Thread(() -> answer.accept(List.of(other))).start();
    }

    @Override
    public void dial(NodeId id) {
      dialled.add(id + (loop.inEventLoop() ? " on the loop" : " elsewhere"));
    }

    @Override
    public List<Session> sessions() {
      return List.of(peer);
    }

    @Override
    public int peers() {
      return 1;
    }

    @Override
    public boolean hasNormalPeers(int count) {
      return count <= 1;
    }

    @Override
    public int dialledPeers() {
      return 0;
    }

    @Override
    public boolean isBusy(NodeId id) {
      return id.equals(PEER);
    }

    @Override
    public int dialing() {
      return 0;
    }
  }
}
