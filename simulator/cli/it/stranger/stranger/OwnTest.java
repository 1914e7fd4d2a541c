package stranger;

import bdk.p2p.message.Command;
import bdk.p2p.message.Verdict;
import bdk.p2p.simulator.ScenarioRun;
import bdk.p2p.simulator.Scenarios;
import bdk.p2p.simulator.SimNodes;
import bdk.p2p.simulator.Simulation;
import bdk.p2p.simulator.Strike;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.RegionModel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Handlers, a fault and a claim of its own, and a scenario from a file. */
public final class OwnTest {
  private static final Command NEWS = Command.of(Command.FIRST_FREE);

  /** All that is sent to the victims takes a second longer. */
  record SlowRoad() implements Fault {
    @Override
    public String kind() {
      return "slow-road";
    }

    @Override
    public Set<Ability> needs() {
      return Set.of(Ability.RULES);
    }

    @Override
    public boolean disturbsDelivery() {
      return false;
    }

    @Override
    public void begin(FaultContext context) {
      context.rule(
          passage -> {
            if (!context.victims().contains(passage.to())) {
              return Fate.PASS;
            }
            context.bit();
            return Fate.delay(1_000_000_000);
          });
    }
  }

  private OwnTest() {}

  /** Prints what came of it. */
  public static void main(String[] arguments) {
    boolean same = digest(7).equals(digest(7));
    System.out.println(same ? "the same seed, the same run" : "not the same");
    ScenarioRun run = Scenarios.run(Catalogue.get("two-nodes"), 1);
    run.assertHeld();
    System.out.println("two-nodes: " + (run.broken().isEmpty() ? "held" : "broken"));
  }

  private static String digest(long seed) {
    RegionModel world = RegionModel.table("bitcoin-2019");
    try (Simulation network = Simulation.builder().seed(seed).regions(world).build()) {
      Set<String> heard = new TreeSet<>();
      network.discoveryNode("discovery");
      SimNodes nodes =
          network.nodes(
              "node",
              8,
              (self, node) ->
                  node.onBroadcast(
                      NEWS,
                      (peer, news) -> {
                        heard.add(self.name());
                        return Verdict.RELAY;
                      }));
      network
          .claims()
          .always(
              "at most eight hear it",
              () -> heard.size() <= 8 ? Optional.empty() : Optional.of(heard.toString()));
      network.run(Duration.ofSeconds(10));
      Strike slow = network.begin(new SlowRoad(), nodes.first(3));
      nodes.get(7).manager().broadcast(NEWS, ByteBuffer.allocate(50));
      network.run(Duration.ofMillis(900));
      System.out.print(heard.size() < 7 ? "slow, " : "not slow, ");
      network.run(Duration.ofSeconds(10));
      System.out.print("heard by " + heard.size() + ", ");
      slow.end();
      System.out.println(slow.bites() > 0 ? "bitten" : "not bitten");
      network.claims().assertHeld();
      return network.digest();
    }
  }
}
