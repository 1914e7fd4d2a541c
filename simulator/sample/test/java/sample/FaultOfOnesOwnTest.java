package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.SimNode;
import bdk.p2p.simulator.SimNodes;
import bdk.p2p.simulator.Simulation;
import bdk.p2p.simulator.Strike;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.fault.Passage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A fault that the simulator does not have. */
class FaultOfOnesOwnTest {
  /** What the victims send is lost as often as not. */
  record BadMicrophone() implements Fault {
    @Override
    public String kind() {
      return "bad-microphone";
    }

    @Override
    public Set<Ability> needs() {
      return Set.of(Ability.RULES);
    }

    @Override
    public boolean disturbsDelivery() {
      return true;
    }

    @Override
    public void begin(FaultContext context) {
      context.rule(
          passage -> {
            boolean isTheirs = context.victims().contains(passage.from());
            if (!isTheirs
                || passage.kind() != Passage.Kind.BYTES
                || context.random().nextBoolean()) {
              return Fate.PASS;
            }
            context.bit();
            return Fate.LOSE;
          });
    }
  }

  @Test
  void aGuesserWhoIsHardToHearWins() {
    Simulation.test(
        3,
        network -> {
          Host host = new Host(80);
          Player guesser = new Player(100);
          SimNode table = network.node("host", (self, node) -> host.install(node));
          SimNode guest = network.node("guesser", (self, node) -> guesser.install(node));
          Strike noise = network.begin(new BadMicrophone(), SimNodes.of(guest));
          network.await(guesser.play(guest.manager(), table.id()), Duration.ofMinutes(10));
          assertEquals(host.winner(), guesser.winner());
          assertTrue(noise.bites() > 0);
        });
  }
}
