package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tc is told so that ways are as long as they should be. */
class WaysTest {
  /** 100 ms from lower to higher numbers, 40 ms back; 1 Mbit/s from 0 to 1. */
  private static final Distances FAR =
      new Distances() {
        @Override
        public double latencyMillis(int from, int to) {
          return from < to ? 100 : 40;
        }

        @Override
        public double jitter() {
          return 0.1;
        }

        @Override
        public long bitsPerSecond(int from, int to) {
          return from == 0 && to == 1 ? 1_000_000 : 0;
        }
      };

  private static final Duration NONE = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Ways ways = new Ways(FAR, List.of("10.99.1.2", "10.99.2.2", "10.99.3.2"));

  @Test
  void eachOtherMachineHasAClassADelayAndAFilter() {
    assertEquals(
        """
        ip link set dev eth1 gso_max_size 16000
        tc -batch - <<END
        qdisc add dev eth1 parent 1:1 handle 10: htb
        class add dev eth1 parent 10: classid 10:1 htb rate 10gbit quantum 60000
        qdisc add dev eth1 parent 10:1 netem limit 1000000 delay 42000us 2000us rate 10000000000bit
        filter add dev eth1 parent 10: protocol ip u32 match ip dst 10.99.1.2/32 flowid 10:1
        class add dev eth1 parent 10: classid 10:3 htb rate 10gbit quantum 60000
        qdisc add dev eth1 parent 10:3 netem limit 1000000 delay 105000us 5000us rate 10000000000bit
        filter add dev eth1 parent 10: protocol ip u32 match ip dst 10.99.3.2/32 flowid 10:3
        END
        """,
        ways.layOut(1));
  }

  @Test
  void limitBetweenTwoIsTheRateOfNetem() {
    assertEquals(
        "netem limit 1000000 delay 105000us 5000us rate 1000000bit", ways.way(0, 1).netem());
  }

  @Test
  void faultsThatDelayAddUpAndAreTakenBack() {
    Ways.Longer second = new Ways.Longer(new Delay(SECOND, NONE, Scope.BOTH), Set.of(2));
    Ways.Longer jitter =
        new Ways.Longer(new Delay(NONE, Duration.ofMillis(200), Scope.TO_VICTIMS), Set.of(0, 2));
    String before = ways.change(1, Set.of(2));
    assertEquals(
        """
        tc -batch - <<END
        qdisc change dev eth1 parent 10:3 netem limit 1000000 delay 105000us 5000us rate 10000000000bit
        END
        """,
        before);
    ways.add(second);
    ways.add(jitter);
    assertEquals(
        """
        tc -batch - <<END
        qdisc change dev eth1 parent 10:3 netem limit 1000000 delay 1205000us 105000us rate 10000000000bit
        END
        """,
        ways.change(1, Set.of(2)));
    ways.remove(second);
    assertEquals("netem limit 1000000 delay 205000us 105000us rate 10000000000bit", netem(1, 2));
    ways.remove(jitter);
    assertEquals(before, ways.change(1, Set.of(2)));
  }

  private String netem(int from, int to) {
    return ways.way(from, to).netem();
  }

  @Test
  void ofTwoEqualFaultsOneIsTakenBackAtATime() {
    Ways.Longer one = new Ways.Longer(new Delay(SECOND, NONE, Scope.BOTH), Set.of(2));
    ways.add(one);
    ways.add(new Ways.Longer(new Delay(SECOND, NONE, Scope.BOTH), Set.of(2)));
    assertEquals(2_100_000_000L, ways.way(0, 2).leastNanos());
    ways.remove(one);
    assertEquals(1_100_000_000L, ways.way(0, 2).leastNanos());
  }

  @Test
  void onlyWaysInTheScopeAreStruck() {
    assertEquals(List.of(Set.of(2), Set.of(2), Set.of(0, 1)), struck(Scope.BOTH));
    assertEquals(List.of(Set.of(), Set.of(), Set.of(0, 1)), struck(Scope.FROM_VICTIMS));
    assertEquals(List.of(Set.of(2), Set.of(2), Set.of()), struck(Scope.TO_VICTIMS));
    assertEquals(List.of(Set.of(), Set.of(), Set.of()), struck(Scope.BETWEEN_VICTIMS));
  }

  private List<Set<Integer>> struck(Scope scope) {
    Ways.Longer longer = new Ways.Longer(new Delay(SECOND, NONE, scope), Set.of(2));
    return IntStream.range(0, 3).mapToObj(from -> ways.struck(from, longer)).toList();
  }

  @Test
  void packetsAreCountedWhereTheyAreStruck() {
    assertEquals(12, Ways.sum("10:1 5\n10:2 100\n10:a 7\n", Set.of(0, 9)));
    assertEquals(0, Ways.sum("", Set.of(0)));
  }

  /** The shell takes 128 KiB in one argument. */
  @Test
  void mostMachinesFitIntoOneScript() {
    List<String> addresses =
        IntStream.rangeClosed(1, Subnet.MOST).mapToObj(each -> "10.191." + each + ".2").toList();
    String script = new Ways(FAR, addresses).layOut(0);
    assertTrue(script.contains("classid 10:fa "), "the last of 250");
    assertTrue(script.length() < 100_000, () -> script.length() + " characters");
  }

  /** A queue that is taken away would take the ways with it, a changed one does not. */
  @Test
  void linksChangeAboveTheWays() {
    MachineProbe all = new MachineProbe(Set.copyOf(MachineProbe.KNOWN));
    String limited = Shaping.base(new MachineSpec(0, 0, 1_000_000), all);
    assertEquals(
        "tc qdisc replace dev eth1 root handle 1: tbf rate 1000000bit burst 32768 limit"
            + " 200000000\n",
        limited);
    assertEquals(limited, Shaping.upload(1_000_000));
    assertEquals(
        "tc qdisc replace dev eth1 root handle 1: tbf"
            + " rate 10000000000bit burst 25000000 limit 200000000\n",
        Shaping.noUpload());
    assertTrue(ways.layOut(0).contains("qdisc add dev eth1 parent 1:1 handle 10: htb\n"));
  }
}
