package bdk.p2p.simulator.run;

import bdk.p2p.simulator.Scenarios;
import bdk.p2p.simulator.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

/** The bound that is computed is one that an honest network keeps to. */
class DeliveryBoundTest {
  private static void assertDelivered(String scenario) {
    Scenarios.run(ScenarioFile.parse("here", scenario), 1).assertHeld();
  }

  @Test
  void windowOpensOnceInARoundTripHoweverShortTheWayThereIs() {
    assertDelivered(
        """
        name: lopsided
        description: Fast there and slow back.
        regions:
          custom:
            - {name: HERE, share: 1, latencyMillis: [1, 1]}
            - {name: THERE, share: 1, latencyMillis: [1_000, 1]}
        nodes:
          - {name: discovery, type: discovery, count: 1, region: HERE, maxPeers: 9}
          - {name: here, type: normal, count: 1, region: HERE, minPeers: 1, maxPeers: 9}
          - {name: there, type: normal, count: 1, region: THERE, minPeers: 1, maxPeers: 9}
        warmUp: 20s
        duration: 20s
        coolDown: 10s
        workload:
          broadcasts: [{name: blocks, command: 6, bytes: 300_000, every: 5s}]
        claims: {duplicatesPerDelivery: 10}
        """);
  }

  @Test
  void notificationStandsInFrontOfABroadcast() {
    assertDelivered(
        """
        name: notified
        description: Notifications that fill the upload for almost a second.
        regions: {custom: [{name: HERE, share: 1, latencyMillis: [5], uploadBitsPerSecond: 1_000_000}]}
        nodes:
          - {name: discovery, type: discovery, count: 1, maxPeers: 9}
          - {name: node, type: normal, count: 2, minPeers: 1, maxPeers: 9}
        warmUp: 10s
        duration: 20s
        coolDown: 10s
        workload:
          broadcasts: [{name: transactions, command: 5, bytes: 100, every: 300ms}]
          notifications: {every: 2s, bytes: 120_000}
        claims: {duplicatesPerDelivery: 10}
        """);
  }
}
