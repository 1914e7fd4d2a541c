package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.fault.Churn;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Kill;
import bdk.p2p.simulator.fault.NodeControl;
import bdk.p2p.simulator.fault.Stop;
import bdk.p2p.simulator.scenario.NodeGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several faults that are on at once do not end each other. */
class OverlappingFaultsTest {
  static final Distances NEAR =
      new Distances() {
        @Override
        public double latencyMillis(int from, int to) {
          return 10;
        }

        @Override
        public double jitter() {
          return 0;
        }

        @Override
        public long bitsPerSecond(int from, int to) {
          return 0;
        }
      };

  private static final OpenRun.Code NONE =
      new OpenRun.Code() {
        @Override
        public void install(ManagerBuilder builder) {
          // Nothing.
        }

        @Override
        public void started(Manager manager) {
          // Nothing.
        }
      };

  private final OpenRun run = new OpenRun(1, NEAR);
  private final NodeGroup group =
      NodeGroup.of("node", 2, NodeType.NORMAL, ManagerOptions.defaults());
  private final SimulatedNode node =
      run.add("node-1", group, 0, new NodeGroup.Bandwidth(0, 0), NONE);
  private final SimulatedNode other =
      run.add("node-2", group, 0, new NodeGroup.Bandwidth(0, 0), NONE);
  private int faults;

  OverlappingFaultsTest() {
    run.control().start(0, false);
    run.control().start(1, false);
  }

  @AfterEach
  void close() {
    run.close();
  }

  private OpenRun.Disturbance begin(Fault fault, Integer... victims) {
    OpenRun.Disturbance one = run.disturbance("fault-" + ++faults, fault, List.of(victims));
    one.begin();
    return one;
  }

  @Test
  void nodeReturnsWhenTheLastFaultThatKeepsItDownIsOver() {
    OpenRun.Disturbance crash = begin(new Crash(false), 0, 1);
    List<OpenRun.Disturbance> more =
        List.of(
            begin(new Kill(true), 0),
            begin(new Stop(false), 0),
            begin(new Churn(1, 1, 1, false), 0));
    crash.end();
    assertTrue(other.isUp());
    for (OpenRun.Disturbance one : more) {
      assertFalse(node.isUp());
      assertEquals(0, one.bit(), "it was down already");
      one.end();
    }
    assertTrue(node.isUp());
    assertEquals(2, crash.bit());
  }

  @Test
  void whoBeganFirstMayLastLongest() {
    OpenRun.Disturbance first = begin(new Crash(false), 0);
    OpenRun.Disturbance second = begin(new Kill(false), 0);
    second.end();
    assertFalse(node.isUp());
    first.end();
    assertTrue(node.isUp());
  }

  @Test
  void nodeThatWasDownBeforeIsNotStartedByAFaultThatDidNothingToIt() {
    run.control().kill(0);
    OpenRun.Disturbance crash = begin(new Crash(false), 0);
    crash.end();
    assertFalse(node.isUp());
    assertEquals(0, crash.bit());
    assertTrue(run.control().start(0, false));
  }

  @Test
  void nodeThatSomebodyStartedMeanwhileMayGoOnceMore() {
    OpenRun.Disturbance first = begin(new Crash(false), 0);
    assertTrue(run.control().start(0, false));
    OpenRun.Disturbance second = begin(new Crash(false), 0);
    assertEquals(1, second.bit());
    first.end();
    assertFalse(node.isUp());
    second.end();
    assertTrue(node.isUp());
  }

  @Test
  void faultMayStartANodeThatNobodyKeepsDown() {
    NodeControl orders = new FaultOrders(run.control()).ofOne();
    run.control().kill(0);
    assertTrue(orders.start(0, false));
    assertTrue(node.isUp());
  }

  @Test
  void wrongClocksAddUpAndEachIsTakenBackByItself() {
    Clock right = other.machine().environment().clock();
    Clock wrong = node.machine().environment().clock();
    OpenRun.Disturbance five = begin(ClockSkew.by(Duration.ofSeconds(5)), 0);
    OpenRun.Disturbance seven = begin(ClockSkew.by(Duration.ofSeconds(-7)), 0);
    assertEquals(Duration.ofSeconds(-2), Duration.between(right.instant(), wrong.instant()));
    five.end();
    assertEquals(Duration.ofSeconds(-7), Duration.between(right.instant(), wrong.instant()));
    OpenRun.Disturbance any = begin(ClockSkew.upTo(Duration.ofSeconds(60)), 0);
    seven.end();
    assertFalse(right.instant().equals(wrong.instant()));
    any.end();
    assertEquals(right.instant(), wrong.instant());
  }

  @Test
  void pausedNodeGoesOnWhenTheLastPauseIsOver() {
    List<String> orders = new ArrayList<>();
    FaultOrders all = new FaultOrders(new Paused(orders));
    NodeControl one = all.ofOne();
    NodeControl another = all.ofOne();
    assertTrue(one.pause(3));
    assertTrue(another.pause(3));
    one.resume(3);
    one.resume(3); // not his any more
    assertEquals(List.of("pause 3", "pause 3"), orders);
    another.resume(3);
    assertEquals(List.of("pause 3", "pause 3", "resume 3"), orders);
  }

  /** Writes down what is paused. */
  private record Paused(List<String> orders) implements NodeControl {
    @Override
    public boolean pause(int node) {
      return orders.add("pause " + node);
    }

    @Override
    public void resume(int node) {
      orders.add("resume " + node);
    }

    @Override
    public boolean powerOff(int node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean kill(int node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean stop(int node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean start(int node, boolean persisted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void skewClock(int node, Duration offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Runnable attack(int target, String behaviour, Runnable onBite) {
      throw new UnsupportedOperationException();
    }
  }
}
