package bdk.p2p.simulator.hostile;

/** Twenty peers that each announce the largest frame there may be, and then send nothing of it. */
final class HugeFrame implements Behaviour {
  static final int COUNT = 20;

  private static final long LENGTH = 128L << 20;
  private static final int OPAQUE = 4096;

  @Override
  public void begin(Attack attack) {
    for (int number = 0; number < COUNT; number++) {
      int port = Attack.PORT + number;
      attack.keepCalling(
          () ->
              new Call(attack) {
                @Override
                void connected() {
                  send(Frames.handshake(port));
                  bite(Frames.header(LENGTH, Frames.REQUEST, 1, OPAQUE));
                }
              });
    }
  }
}
