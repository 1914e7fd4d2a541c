package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import org.junit.jupiter.api.Test;

class InboundShareTest {
  private final InboundShare share = new InboundShare(4, 1000, NodeBudgets.of(1000, 100_000, 1, 1));

  @Test
  void fullAtTheBoundOfMessagesAndHalfEmptyAtHalfOfIt() {
    for (int count = 0; count < 3; count++) {
      share.acquire(0);
    }
    assertFalse(share.isFull());
    share.acquire(0);
    assertTrue(share.isFull());
    share.release(0);
    assertFalse(share.isFull());
    assertFalse(share.isHalfEmpty());
    share.release(0);
    assertTrue(share.isHalfEmpty());
  }

  @Test
  void fullAtTheBoundOfBytesAndHalfEmptyAtHalfOfIt() {
    share.acquire(999);
    assertFalse(share.isFull());
    share.acquire(1);
    assertTrue(share.isFull());
    share.release(499);
    assertFalse(share.isHalfEmpty());
    share.release(1);
    assertTrue(share.isHalfEmpty());
  }

  @Test
  void fullOnceAllPeersHoldTooMuchAndThisOneItsShare() {
    NodeBudgets budgets = NodeBudgets.of(1000, 1000, 1, 1);
    budgets.holders().join();
    budgets.holders().join();
    InboundShare one = new InboundShare(100, 10_000, budgets);
    InboundShare other = new InboundShare(100, 10_000, budgets);
    one.acquire(999);
    one.tellBudgets();
    assertFalse(one.isFull());
    other.acquire(1);
    assertFalse(one.isFull());
    other.tellBudgets();
    assertTrue(one.isFull());
    assertFalse(other.isFull());
    other.acquire(498);
    assertFalse(other.isFull());
    other.acquire(1);
    other.tellBudgets();
    assertTrue(other.isFull());
    assertFalse(other.isHalfEmpty());
    other.release(1);
    assertTrue(other.isHalfEmpty());
    one.release(999);
    assertTrue(one.isHalfEmpty());
  }

  @Test
  void answerTakesThePlaceOfItsRequest() {
    share.acquire(10);
    assertTrue(share.mayAnswer());
    share.answered(10, 5000);
    assertTrue(share.isFull());
    assertFalse(share.mayAnswer());
    assertEquals(1, share.messages());
    share.releaseAnswer(5000);
    assertTrue(share.mayAnswer());
    assertEquals(0, share.messages());
    assertEquals(0, share.bytes());
  }

  @Test
  void budgetsAreToldOfManyMessagesAtOnce() {
    NodeBudgets budgets = NodeBudgets.of(1000, 1_000_000, 1, 1);
    InboundShare one = new InboundShare(1000, 1_000_000, budgets);
    for (int count = 1; count <= 31; count++) {
      one.acquire(10);
      assertEquals(count, one.messages());
    }
    assertEquals(0, budgets.inboxMessages().taken());
    one.acquire(10);
    assertEquals(32, budgets.inboxMessages().taken());
    assertEquals(320, budgets.inboxBytes().taken());
    one.acquire(65_535);
    assertEquals(320, budgets.inboxBytes().taken());
    one.acquire(1);
    assertEquals(320 + 65_536, budgets.inboxBytes().taken());
    one.acquire(7);
    one.tellBudgets();
    one.tellBudgets();
    assertEquals(35, budgets.inboxMessages().taken());
    assertEquals(320 + 65_536 + 7, budgets.inboxBytes().taken());
  }

  @Test
  void whatIsNotedGoesBackAtOnceAndAQuarterOfTheShareMustNotWait() {
    NodeBudgets budgets = NodeBudgets.of(1000, 100_000, 1, 1);
    InboundShare one = new InboundShare(12, 1000, budgets);
    for (int count = 0; count < 6; count++) {
      one.acquire(100);
    }
    one.tellBudgets();
    assertFalse(one.giveBackNoted());
    assertFalse(one.noteDone(100));
    assertFalse(one.noteDone(100));
    assertEquals(6, one.messages());
    assertTrue(one.noteDone(100), "a quarter of the messages");
    assertTrue(one.giveBackNoted());
    assertFalse(one.giveBackNoted());
    assertEquals(3, one.messages());
    assertEquals(300, one.bytes());
    assertEquals(3, budgets.inboxMessages().taken());
    assertEquals(300, budgets.inboxBytes().taken());
    assertFalse(one.noteDone(249));
    assertTrue(one.noteDone(1), "a quarter of the bytes");
  }
}
