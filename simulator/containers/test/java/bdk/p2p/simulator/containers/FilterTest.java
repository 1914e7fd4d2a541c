package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.Bandwidth;
import bdk.p2p.simulator.fault.Corrupt;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Reset;
import bdk.p2p.simulator.fault.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What iptables is told, and what is refused. */
class FilterTest {
  private static final String RANGE = "10.99.0.0/16";
  private static final MachineProbe ALL = new MachineProbe(Set.copyOf(MachineProbe.KNOWN));
  private static final MachineProbe NONE = new MachineProbe(Set.of());

  @Test
  void partitionSparesTheVictimsAmongThemselves() {
    Filter filter =
        Filter.of(new Partition(Partition.Direction.BOTH), List.of("10.99.1.2"), RANGE)
            .orElseThrow();
    assertEquals(List.of("-s 10.99.1.2 -j RETURN", "-s 10.99.0.0/16 -j DROP"), filter.in());
    assertEquals(List.of("-d 10.99.1.2 -j RETURN", "-d 10.99.0.0/16 -j DROP"), filter.out());
  }

  @Test
  void oneWayPartitionHasOneSide() {
    Filter filter =
        Filter.of(new Partition(Partition.Direction.FROM_VICTIMS), List.of("10.99.1.2"), RANGE)
            .orElseThrow();
    assertEquals(List.of(), filter.in());
    assertEquals(2, filter.out().size());
  }

  @Test
  void lossIsDrawnByTheKernel() {
    Loss loss = new Loss(0.02, Optional.empty(), Scope.TO_VICTIMS);
    Filter filter = Filter.of(loss, List.of("10.99.1.2"), RANGE).orElseThrow();
    assertEquals(
        List.of("-s 10.99.0.0/16 -m statistic --mode random --probability 0.020000000 -j DROP"),
        filter.in());
  }

  @Test
  void everyChainThatBeginsEnds() {
    Filter filter = Filter.of(new Reset(2, false), List.of("10.99.1.2"), RANGE).orElseThrow();
    String begin = filter.begin("BDK7");
    assertTrue(begin.contains("-I INPUT -i eth1 -j BDK7I\n"), begin);
    assertTrue(begin.contains("--limit 2/second"), begin);
    String end = Filter.end("BDK7");
    assertTrue(end.contains("-D INPUT -i eth1 -j BDK7I\n"), end);
    assertTrue(end.contains("-X BDK7O\n"), end);
  }

  @Test
  void whatTheKernelLacksIsNamed() {
    assertEquals(
        Optional.of("the kernel under the container engine has no tbf"),
        NetworkFaults.missingFor(new Bandwidth(1_000, 0), NONE));
    assertEquals(Optional.empty(), NetworkFaults.missingFor(new Bandwidth(1_000, 1_000), ALL));
    assertTrue(
        NetworkFaults.missingFor(new Loss(0.1, Optional.of(Duration.ofSeconds(1)), Scope.BOTH), ALL)
            .isPresent());
    assertTrue(NetworkFaults.missingFor(new Corrupt(0.1, 1, Scope.BOTH), ALL).isPresent());
  }

  @Test
  void ownerThatIsGoneIsKnown() throws Exception {
    Belongings.Owner self = Belongings.Owner.self();
    assertEquals(Optional.of(self), Belongings.Owner.parse(self.toString()));
    assertEquals(false, self.isGone());
    assertEquals(true, new Belongings.Owner(self.where(), self.process(), 1).isGone());
    assertEquals(false, new Belongings.Owner("elsewhere", self.process(), 1).isGone());
    assertEquals(Optional.empty(), Belongings.Owner.parse("nonsense"));
  }
}
