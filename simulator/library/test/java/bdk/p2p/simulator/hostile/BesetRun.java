package bdk.p2p.simulator.hostile;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.simulator.oracle.Expectation;
import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.Judge;
import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.ScenarioFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of one discovery node and five others, one of which is beset by a hostile peer from second
 * 10 to second 110 of the workload's 120; the ten seconds before and the thirty after are peace.
 */
final class BesetRun implements Judge {
  /** The node that is beset. */
  static final int TARGET = 1;

  static final long FROM = 30_000_000_000L;
  static final long UNTIL = FROM + 100_000_000_000L;

  private static final String SCENARIO =
      """
      name: beset
      description: A node is beset by a hostile peer.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 20}
        - {name: node, type: normal, count: 5, region: EUROPE, minPeers: MIN, maxPeers: 12, options: OPTIONS}
      warmUp: 20s
      duration: 120s
      coolDown: 40s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 100, every: 500ms}
        requests: {every: 500ms, answerBytes: 2_000}
      faults:
        - {kind: hostile-peer, behaviour: BEHAVIOUR, ids: [node-1], after: 10s, lasting: 100s}
      MORE
      claims: {duplicatesPerDelivery: 10}
      """;

  final List<RunEvent.Disconnected> disconnected = new ArrayList<>();
  final List<RunEvent.Refused> refused = new ArrayList<>();
  final List<RunEvent.Dropped> dropped = new ArrayList<>();
  final List<RunEvent.Connected> connected = new ArrayList<>();
  final List<RunEvent.Sampled> samples = new ArrayList<>();
  final List<RunEvent.Banned> banned = new ArrayList<>();
  final List<RunEvent.Ended> ended = new ArrayList<>();
  final RunRecord record;

  /** So that a behaviour is seen for as long as it lasts. */
  private static final String NO_GUARD =
      "{outboundSlots: 0, totalArrivingBytes: 134_217_717, totalInboxBytes: 134_217_717,"
          + " totalOutboundBytes: 134_217_717, maxPayloadBytes: 134_217_717, guard:"
          + " {threshold: 1_000_000, connectionsPerAddress: {perSecond: 1_000, burst: 1_000},"
          + " connectionsPerNetwork: {perSecond: 1_000, burst: 1_000}}}";

  private BesetRun(String behaviour, int minPeers, String more) {
    this(behaviour, minPeers, more, NO_GUARD);
  }

  private BesetRun(String behaviour, int minPeers, String more, String options) {
    String text =
        SCENARIO
            .replace("BEHAVIOUR", behaviour)
            .replace("MIN", Integer.toString(minPeers))
            .replace("MORE", more)
            .replace("OPTIONS", options);
    record =
        new ScenarioRunner(ScenarioFile.parse("beset", text), RunOptions.seeded(1), this).run();
  }

  /** The nodes have the peers that they want. */
  static BesetRun with(String behaviour) {
    return new BesetRun(behaviour, 3, "");
  }

  /** The nodes have a guard, as nodes do. */
  static BesetRun guarded(String behaviour) {
    return new BesetRun(behaviour, 3, "", "{}");
  }

  /** The nodes always look for more peers than there are. */
  static BesetRun hungry(String behaviour) {
    return new BesetRun(behaviour, 10, "");
  }

  /** The node stops in the middle of it, for twenty seconds. */
  static BesetRun stopped(String behaviour) {
    return new BesetRun(behaviour, 3, "  - {kind: stop, ids: [node-1], after: 50s, lasting: 20s}");
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Ended one) {
      ended.add(one);
    }
    if (event instanceof RunEvent.Banned one) {
      banned.add(one);
    }
    if (event instanceof RunEvent.Disconnected one) {
      disconnected.add(one);
    } else if (event instanceof RunEvent.Refused one) {
      refused.add(one);
    } else if (event instanceof RunEvent.Dropped one) {
      dropped.add(one);
    } else if (event instanceof RunEvent.Connected one) {
      connected.add(one);
    } else if (event instanceof RunEvent.Sampled one) {
      samples.add(one);
    }
  }

  @Override
  public int breachCount() {
    return 0;
  }

  long bites() {
    return record.faults().get(0).bit();
  }

  SimulatedNode target() {
    return record.nodes().get(TARGET);
  }

  /** Details of the target's sessions with the hostile peer that ended for this reason. */
  List<String> endings(CloseReason.Code code) {
    List<String> details = new ArrayList<>();
    for (RunEvent.Disconnected one : disconnected) {
      if (one.node() == target() && isHostile(one) && one.reason().code() == code) {
        details.add(one.reason().detail());
      }
    }
    for (RunEvent.Refused one : refused) {
      boolean hostile = one.address().getAddress().equals(hostile());
      if (one.node() == target() && hostile && one.reason().code() == code) {
        details.add(one.reason().detail());
      }
    }
    return details;
  }

  long drops(DropReason reason) {
    return dropped.stream()
        .filter(one -> one.node() == target() && one.reason() == reason)
        .filter(one -> one.peer().id().address().equals(hostile()))
        .count();
  }

  private boolean isHostile(RunEvent.Disconnected one) {
    return one.peer().id().address().equals(hostile());
  }

  private InetAddress hostile() {
    try {
      return InetAddress.getByAddress(new byte[] {10, 7, 0, 1});
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The most peers that the target ever had. */
  int mostPeers() {
    return samples.stream()
        .flatMap(sample -> sample.nodes().stream())
        .filter(state -> state.node() == target())
        .mapToInt(state -> state.statistics().peers())
        .max()
        .orElseThrow();
  }

  /** The state of the target at a time. */
  NodeState targetAt(long nanos) {
    return samples.stream()
        .filter(sample -> sample.nanos() >= nanos)
        .flatMap(sample -> sample.nodes().stream())
        .filter(state -> state.node() == target())
        .findFirst()
        .orElseThrow();
  }

  /** What must hold whatever the behaviour: honest nodes go on, and it is over at its end. */
  void assertOthersGoOn() {
    check(bites() > 0, "it never did its thing");
    for (BroadcastRecord broadcast : record.broadcasts()) {
      for (SimulatedNode node : Expectation.of(broadcast, record)) {
        Long arrival = broadcast.arrivals().get(node);
        check(
            arrival != null && arrival - broadcast.publishedNanos() < 2_000_000_000L,
            node + " got a broadcast of " + broadcast.origin() + " at " + arrival);
      }
    }
    check(record.broadcasts().size() == 240, record.broadcasts().size() + " broadcasts");
    for (RunEvent.Disconnected one : disconnected) {
      check(isHostile(one), one.node() + " lost " + one.peer().id() + ": " + one.reason());
    }
    for (RunEvent.Connected one : connected) {
      boolean isHostile = one.peer().id().address().equals(hostile());
      check(
          !isHostile || one.nanos() > FROM && one.nanos() < UNTIL + 1_000_000_000L,
          one.node() + " had " + one.peer().id() + " at " + one.nanos());
    }
    int ends = record.peersAtEnd().stream().mapToInt(Integer::intValue).sum();
    int sessions = samples.get(samples.size() - 1).sample().sessions();
    check(sessions == ends / 2, sessions + " sessions at the end, " + ends + " ends of them");
    for (int index = 0; index < record.nodes().size(); index++) {
      int peers = record.peersAtEnd().get(index);
      check(
          peers >= 3 && peers <= 5,
          record.nodes().get(index) + " has " + peers + " peers at the end");
    }
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
