package bdk.p2p.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SharedBudgetTest {
  private final Holders holders = new Holders();
  private final SharedBudget budget = new SharedBudget(100, holders);

  @Test
  void untilTheLimitIsTakenNobodyIsKeptWaiting() {
    holders.join();
    holders.join();
    budget.take(99);
    assertFalse(budget.isFullFor(99));
    budget.take(1);
    assertTrue(budget.isFullFor(100));
  }

  @Test
  void whoeverHasLessThanItsShareIsNeverKeptWaiting() {
    for (int count = 0; count < 4; count++) {
      holders.join();
    }
    budget.take(1000);
    assertEquals(25, budget.fairShare());
    assertTrue(budget.isFullFor(25));
    assertFalse(budget.isFullFor(24));
    holders.leave();
    holders.leave();
    assertFalse(budget.isFullFor(49));
    assertTrue(budget.isFullFor(50));
  }

  @Test
  void withMoreHoldersThanTokensWhoeverHasNothingStillGetsIn() {
    for (int count = 0; count < 1000; count++) {
      holders.join();
    }
    budget.take(100);
    assertFalse(budget.isFullFor(0));
    assertTrue(budget.isFullFor(1));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    budget.take(150);
    assertTrue(budget.isExceeded());
    assertFalse(budget.isTakenTwice());
    budget.take(52);
    assertTrue(budget.isTakenTwice());
    budget.giveBack(102);
    assertEquals(100, budget.taken());
    assertFalse(budget.isExceeded());
  }
}
