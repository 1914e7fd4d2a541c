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
import java.util.stream.IntStream;
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
    String end = Filter.end("BDK7");
    assertTrue(end.contains("-D INPUT -i eth1 -j BDK7I\n"), end);
    assertTrue(end.contains("for chain in BDK7I BDK7O BDK7B; do\n  iptables -w -F $chain\n"), end);
  }

  /** The limit is a rule's, and each victim has rules of its own: two in a second for all. */
  @Test
  void paceOfResetsIsThatOfAllVictimsTogether() {
    assertEquals(
        """
        iptables-restore -w --noflush <<END
        *filter
        :BDK7I - [0:0]
        :BDK7O - [0:0]
        :BDK7B - [0:0]
        -A BDK7B -p tcp ! --syn -m limit --limit 86400/day --limit-burst 1 -j REJECT --reject-with tcp-reset
        -A BDK7I -s 10.99.0.0/16 -j BDK7B
        -A BDK7O -d 10.99.0.0/16 -j BDK7B
        -I INPUT -i eth1 -j BDK7I
        -I OUTPUT -o eth1 -j BDK7O
        COMMIT
        END
        """,
        resets(2, false, 2));
  }

  @Test
  void paceOfResetsBetweenVictimsHasOneLimitAVictim() {
    String script = resets(3, true, 3);
    assertEquals(2, script.split("-m limit").length, script);
    assertTrue(script.contains("--limit 86400/day"), script);
    assertTrue(script.contains("-A BDK7I -s 10.99.3.2 -j BDK7B\n"), script);
  }

  @Test
  void paceIsNotRoundedToWholeSeconds() {
    assertTrue(resets(1.4, false, 1).contains("--limit 120960/day"));
    assertTrue(resets(0.000_001, false, 1).contains("--limit 1/day"));
    assertTrue(resets(1_000, false, 1).contains("--limit 86400000/day"));
  }

  private static String resets(double perSecond, boolean betweenVictims, int victims) {
    List<String> addresses =
        IntStream.rangeClosed(1, victims).mapToObj(each -> "10.99." + each + ".2").toList();
    return Filter.of(new Reset(perSecond, betweenVictims), addresses, RANGE)
        .orElseThrow()
        .begin("BDK7");
  }

  @Test
  void resetAtOnceStrikesEveryConnection() {
    assertTrue(
        resets(0, false, 2)
            .contains("-A BDK7I -s 10.99.0.0/16 -p tcp ! --syn -j REJECT --reject-with tcp-reset"),
        resets(0, false, 2));
  }

  @Test
  void whatTheKernelLacksIsNamed() {
    assertEquals(
        Optional.of("the kernel under the container engine has no tbf"),
        NetworkFaults.missingFor(new Bandwidth(1_000, 0), NONE, LatencyMeans.NETEM));
    assertEquals(
        Optional.empty(),
        NetworkFaults.missingFor(new Bandwidth(1_000, 1_000), ALL, LatencyMeans.NETEM));
    assertTrue(
        NetworkFaults.missingFor(
                new Loss(0.1, Optional.of(Duration.ofSeconds(1)), Scope.BOTH),
                ALL,
                LatencyMeans.NETEM)
            .isPresent());
    assertTrue(
        NetworkFaults.missingFor(new Corrupt(0.1, 1, Scope.BOTH), ALL, LatencyMeans.NETEM)
            .isPresent());
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
