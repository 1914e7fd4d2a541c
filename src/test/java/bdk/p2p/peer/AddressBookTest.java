package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LASTING = AddressBook.LASTING_SECONDS * SECOND;

  private final AddressBook book = new AddressBook(10, new Random(1));

  private static NodeId id(int number) {
    return NodeId.of(new byte[] {10, 0, (byte) (number >> 8), (byte) number}, 7000);
  }

  private List<NodeId> all(long now) {
    return book.pick(100, now, any -> true);
  }

  @Test
  void addressIsNewOnce() {
    assertTrue(book.add(id(1)));
    assertFalse(book.add(id(1)));
    assertFalse(book.add(NodeId.parse("10.0.0.1:0")));
    assertFalse(book.add(NodeId.parse("0.0.0.0:1")));
    assertEquals(1, book.count());
  }

  @Test
  void fullBookStaysFullAndKeepsItsSeeds() {
    book.addSeed(id(1));
    book.addSeed(id(2));
    for (int number = 3; number < 10_000; number++) {
      book.add(id(number));
      assertTrue(book.count() <= 10);
    }
    assertEquals(10, book.count());
    assertTrue(new HashSet<>(all(0)).containsAll(List.of(id(1), id(2))));
  }

  @Test
  void failedAddressRestsBetweenHalfAndAllOfItsTime() {
    book.add(id(1));
    long rest = SECOND;
    for (int failure = 1; failure < AddressBook.MOST_FAILURES; failure++) {
      book.failed(id(1), 0);
      assertEquals(List.of(), all(rest / 2 - 1));
      assertEquals(List.of(id(1)), all(rest));
      rest = Math.min(2 * rest, AddressBook.LONGEST_REST_SECONDS * SECOND);
    }
    book.failed(id(1), 0);
    assertEquals(0, book.count());
  }

  @Test
  void successEndsTheRest() {
    book.add(id(1));
    for (int failure = 1; failure < AddressBook.MOST_FAILURES; failure++) {
      book.failed(id(1), 0);
    }
    stays(0, LASTING);
    assertEquals(List.of(id(1)), all(LASTING));
    book.failed(id(1), LASTING);
    assertEquals(List.of(id(1)), all(LASTING + SECOND));
  }

  /** A peer dialled at the first address came and went. */
  private void stays(long from, long until) {
    book.succeeded(id(1), from);
    book.ended(id(1), until);
  }

  @Test
  void addressWhosePeersGoAtOnceRestsTwiceAsLongEachTimeAndIsNotForgotten() {
    book.add(id(1));
    long rest = SECOND;
    for (int stay = 1; stay <= 2 * AddressBook.MOST_FAILURES; stay++) {
      stays(0, LASTING - 1);
      assertEquals(List.of(), all(LASTING - 1 + rest / 2 - 1));
      assertEquals(List.of(id(1)), all(LASTING - 1 + rest));
      rest = Math.min(2 * rest, AddressBook.LONGEST_REST_SECONDS * SECOND);
    }
  }

  @Test
  void seedWhosePeersGoAtOnceRestsNoLongerEachTime() {
    book.addSeed(id(1));
    for (int stay = 0; stay < 20; stay++) {
      stays(0, 0);
      assertEquals(List.of(), all(SECOND / 2 - 1));
      assertEquals(List.of(id(1)), all(SECOND));
    }
  }

  @Test
  void peerThatLastedEndsTheCountOfThoseThatDidNot() {
    book.add(id(1));
    for (int stay = 0; stay < 5; stay++) {
      stays(0, 0);
    }
    stays(0, LASTING);
    assertEquals(List.of(id(1)), all(LASTING));
    stays(LASTING, LASTING);
    assertEquals(List.of(id(1)), all(LASTING + SECOND));
  }

  @Test
  void nodeThatWasLostForLongAndGoesAgainSoonAfterItCameBackIsDialledSoon() {
    book.addSeed(id(1));
    stays(0, LASTING);
    for (int failure = 0; failure < 20; failure++) {
      book.failed(id(1), LASTING);
    }
    stays(LASTING, LASTING + 1);
    assertEquals(List.of(id(1)), all(LASTING + 1 + SECOND));
  }

  @Test
  void failedDialDoesNotEndTheCountOfPeersThatDidNotLast() {
    book.add(id(1));
    stays(0, 0);
    stays(0, 0);
    book.failed(id(1), 0);
    stays(0, 0);
    assertEquals(List.of(), all(2 * SECOND - 1));
    assertEquals(List.of(id(1)), all(4 * SECOND));
  }

  @Test
  void peerCountsFromWhenItWasFirstThereAndGoesOnce() {
    book.add(id(1));
    book.succeeded(id(1), 0);
    book.succeeded(id(1), LASTING - 1);
    book.ended(id(1), LASTING);
    assertEquals(List.of(id(1)), all(LASTING));
    book.ended(id(1), LASTING);
    assertEquals(List.of(id(1)), all(LASTING));
  }

  @Test
  void peerThatDialledItselfDoesNotMakeItsAddressRest() {
    book.add(id(1));
    book.ended(id(1), 0);
    assertEquals(List.of(id(1)), all(0));
  }

  @Test
  void seedIsNeverForgottenAndRestsAtMostAMinute() {
    book.addSeed(id(1));
    for (int failure = 0; failure < 100; failure++) {
      book.failed(id(1), 0);
    }
    assertEquals(List.of(), all(30 * SECOND - 1));
    assertEquals(List.of(id(1)), all(60 * SECOND));
  }

  @Test
  void ownAddressIsForgottenAndNotTakenAgain() {
    book.addSeed(id(1));
    book.addOwn(id(1));
    assertEquals(0, book.count());
    assertFalse(book.add(id(1)));
    book.succeeded(id(1), 0);
    book.ended(id(1), 0);
    book.failed(id(1), 0);
    assertEquals(List.of(), all(LASTING));
  }

  @Test
  void pickIsBoundedAndFiltered() {
    for (int number = 1; number <= 10; number++) {
      book.add(id(number));
    }
    List<NodeId> picked = book.pick(3, 0, id -> !id.equals(id(5)));
    assertEquals(3, new HashSet<>(picked).size());
    assertFalse(picked.contains(id(5)));
    assertEquals(9, book.pick(100, 0, id -> !id.equals(id(5))).size());
    assertEquals(List.of(), book.pick(0, 0, any -> true));
    assertEquals(List.of(), book.pick(-1, 0, any -> true));
  }

  @Test
  void addressesWherePeersLastedAreGivenOutFirst() {
    AddressBook book = new AddressBook(4096, new SplittableRandom(1));
    NodeId old = NodeId.parse("10.9.9.9:7000");
    book.add(old);
    for (int number = 0; number < 1000; number++) {
      book.add(NodeId.parse("10.0." + (number >> 8) + "." + (number & 0xff) + ":7000"));
    }
    book.succeeded(old, 0);
    book.ended(old, AddressBook.LASTING_SECONDS * 1_000_000_000L);
    assertEquals(old, book.pick(3, 0, id -> true).get(0));
    assertEquals(3, Set.copyOf(book.pick(3, 0, id -> true)).size());
    long now = 0;
    for (int failure = 0; failure < AddressBook.MOST_FAILURES; failure++) {
      book.failed(old, now);
      assertFalse(book.pick(1, now, id -> true).contains(old));
    }
    assertEquals(1000, book.count());
  }
}
