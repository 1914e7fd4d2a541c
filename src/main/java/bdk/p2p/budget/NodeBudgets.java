package bdk.p2p.budget;

/**
 * All amounts that the connections of one node share. Any thread.
 *
 * @param holders the connections
 * @param inboxMessages messages of peers that are not done with
 * @param inboxBytes payload bytes of those
 * @param arrivingBytes memory of frames that have come in part
 * @param outboundBytes frame bytes that wait to be written; what several peers wait for counts once
 */
public record NodeBudgets(
    Holders holders,
    SharedBudget inboxMessages,
    SharedBudget inboxBytes,
    SharedBudget arrivingBytes,
    SharedBudget outboundBytes) {

  /** Budgets with these limits, which nobody holds yet. */
  public static NodeBudgets of(
      long inboxMessages, long inboxBytes, long arrivingBytes, long outboundBytes) {
    Holders holders = new Holders();
    return new NodeBudgets(
        holders,
        new SharedBudget(inboxMessages, holders),
        new SharedBudget(inboxBytes, holders),
        new SharedBudget(arrivingBytes, holders),
        new SharedBudget(outboundBytes, holders));
  }

  /** True if what waits to be handled or written is twice what it may be. */
  public boolean isWaitingTwice() {
    return inboxBytes.isTakenTwice() || outboundBytes.isTakenTwice();
  }
}
