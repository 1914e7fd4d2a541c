package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.PeerStatistics;
import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All bounds are the defaults, but for three peers. The largest answer is a list of nine nodes, 276
 * bytes with its header.
 */
class BoundsKeptTest extends ClaimCase {
  private final SimulatedNode node = run.normal();

  @BeforeEach
  void watch() {
    judge(new BoundsKept(run.scenario()));
  }

  private void sample(ManagerStatistics statistics, PeerStatistics peer) {
    run.sample(SECOND, List.of(new NodeState(node, statistics, List.of(peer))));
  }

  private static ManagerStatistics node(int peers, int seen, int known) {
    return new ManagerStatistics(
        peers, seen, known, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, Map.of(),
        Map.of(), Map.of(), 0);
  }

  private static ManagerStatistics node(long arriving, long held, long queued) {
    return new ManagerStatistics(
        1, 1, 1, arriving, held, queued, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, Map.of(),
        Map.of(), Map.of(), 0);
  }

  private static PeerStatistics peer(
      int queued, long queuedBytes, int held, long heldBytes, int pending) {
    return peer(queued, queuedBytes, held, heldBytes, 0, pending);
  }

  private static PeerStatistics peer(
      int queued, long queuedBytes, int held, long heldBytes, long arriving, int pending) {
    return new PeerStatistics(0, 0, 0, 0, queued, queuedBytes, held, heldBytes, arriving, pending);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 65536, 4096, ",
    "4, 1, 1, peers",
    "1, 65537, 1, seenBroadcasts",
    "1, 1, 4097, knownAddresses"
  })
  void nodesAreBounded(int peers, int seen, int known, String broken) {
    sample(node(peers, seen, known), peer(0, 0, 0, 0, 0));
    verify(broken);
  }

  @ParameterizedTest
  @CsvSource({
    "5128, 4476928, 1025, 4477204, 4104, ",
    "5129, 0, 0, 0, 0, queuedMessages",
    "0, 4476929, 0, 0, 0, queuedBytes",
    "0, 0, 1026, 0, 0, heldMessages",
    "0, 0, 0, 4477205, 0, heldBytes",
    "0, 0, 0, 0, 4105, pendingRequests"
  })
  void sessionsAreBounded(
      int queued, long queuedBytes, int held, long heldBytes, int pending, String broken) {
    sample(node(1, 1, 1), peer(queued, queuedBytes, held, heldBytes, pending));
    verify(broken);
  }

  /** 24, 16 and 1 MiB; twice 24 MiB and 276 bytes for each of 3 + 256 + 16 sessions. */
  @ParameterizedTest
  @CsvSource({
    "42991616, 50407548, 50407548, ",
    "42991617, 0, 0, arrivingBytes in all",
    "0, 50407549, 0, heldBytes in all",
    "0, 0, 50407549, queuedBytes in all"
  })
  void sessionsTogetherAreBounded(long arriving, long held, long queued, String broken) {
    sample(node(arriving, held, queued), peer(0, 0, 0, 0, 0));
    verify(broken);
  }

  /** 16 MiB and 1 MiB: a node that reserves what a header claims is above it. */
  @ParameterizedTest
  @CsvSource({"17825792, ", "17825793, arrivingBytes"})
  void frameThatHasComeInPartIsBounded(long arriving, String broken) {
    sample(node(1, 1, 1), peer(0, 0, 0, 0, arriving, 0));
    verify(broken);
  }

  private void verify(String broken) {
    if (broken == null) {
      assertHolds();
    } else {
      assertBrokenAt(SECOND, broken + " of node-0");
    }
  }
}
