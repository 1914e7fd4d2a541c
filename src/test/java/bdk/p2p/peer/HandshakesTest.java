package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.AddressBlock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HandshakesTest {
  private static final AddressBlock CROWD = AddressBlock.parse("10.0.0.0/24");
  private static final AddressBlock OTHER = AddressBlock.parse("10.0.1.0/24");

  private final Handshakes<Integer> handshakes = new Handshakes<>(3, new SplittableRandom(1));

  @Test
  void nobodyGoesUpToTheLimit() {
    for (int one = 0; one < 3; one++) {
      assertEquals(Optional.empty(), handshakes.add(one, CROWD));
    }
    assertEquals(List.of(0, 1, 2), handshakes.all());
  }

  @Test
  void oneOfTheLargestNetworkGoes() {
    for (int round = 0; round < 50; round++) {
      Handshakes<Integer> three = new Handshakes<>(3, new SplittableRandom(round));
      three.add(0, OTHER);
      three.add(1, CROWD);
      three.add(2, CROWD);
      var eviction = three.add(3, OTHER).orElseThrow();
      assertEquals(2, eviction.ofNetwork());
      var next = three.add(4, eviction.network().equals(CROWD) ? OTHER : CROWD).orElseThrow();
      assertEquals(3, next.ofNetwork());
      assertTrue(!next.network().equals(eviction.network()));
    }
  }

  @Test
  void whoIsDoneMakesRoom() {
    for (int one = 0; one < 3; one++) {
      handshakes.add(one, CROWD);
    }
    handshakes.remove(1);
    handshakes.remove(1);
    assertEquals(Optional.empty(), handshakes.add(3, CROWD));
    assertEquals(List.of(0, 2, 3), handshakes.all());
  }

  @Test
  void fairPartOfACrowdOfManyNetworksGetsIn() {
    assertFair(one -> AddressBlock.parse("10." + one % 250 + "." + one / 250 % 250 + ".0/24"));
  }

  @Test
  void fairPartOfACrowdOfOneNetworkGetsIn() {
    assertFair(one -> CROWD);
  }

  /** 256 places, 1,000 arrivals a second, each done 300 ms after it came: the oldest never is. */
  private static void assertFair(IntFunction<AddressBlock> network) {
    Handshakes<Integer> places = new Handshakes<>(256, new SplittableRandom(7));
    Queue<Integer> byArrival = new ArrayDeque<>();
    Set<Integer> there = new HashSet<>();
    int done = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      if (millis >= 300) {
        int due = byArrival.remove();
        if (there.remove(due)) {
          places.remove(due);
          done++;
        }
      }
      byArrival.add(millis);
      there.add(millis);
      places.add(millis, network.apply(millis)).ifPresent(gone -> there.remove(gone.loser()));
    }
    assertTrue(done > 7_000, done + " of 9,700 got in");
  }

  @Test
  void floodOfOneNetworkCostsNobodyElse() {
    Handshakes<Integer> places = new Handshakes<>(256, new SplittableRandom(7));
    for (int honest = 0; honest < 50; honest++) {
      places.add(honest, AddressBlock.parse("10.1." + honest + ".0/24"));
    }
    for (int hostile = 50; hostile < 5_000; hostile++) {
      places.add(hostile, CROWD);
    }
    for (int honest = 0; honest < 50; honest++) {
      assertTrue(places.all().contains(honest));
    }
  }
}
