package bdk.p2p.wire;

import bdk.p2p.message.Message;

/** One broadcast in memory, lent from a moment on that the test chooses. For one thread. */
final class OneOriginal implements Originals {
  private final Message original;
  boolean isThere;
  boolean isElsewhere;
  int borrowed;
  int fromElsewhere;
  int givenBack;

  OneOriginal(Message original, boolean isThere) {
    this.original = original;
    this.isThere = isThere;
  }

  @Override
  public Message borrow(long id, int commandCode, int payloadBytes) {
    if (!isThere || !isMeant(id, commandCode, payloadBytes)) {
      return null;
    }
    borrowed++;
    return original;
  }

  @Override
  public Message elsewhere(long id, int commandCode, int payloadBytes) {
    if (!isElsewhere || !isMeant(id, commandCode, payloadBytes)) {
      return null;
    }
    fromElsewhere++;
    return original;
  }

  private boolean isMeant(long id, int commandCode, int payloadBytes) {
    return id == original.id().value()
        && commandCode == original.command().code()
        && payloadBytes == original.payloadBytes();
  }

  @Override
  public void giveBack(Message given) {
    if (given != original) {
      throw new IllegalArgumentException("not lent: " + given);
    }
    givenBack++;
  }
}
