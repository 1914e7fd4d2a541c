package bdk.p2p.simulator.hostile;

import java.util.List;

/**
 * A decent peer, and another that comes again and again and announces the port of the first, to be
 * taken for it.
 */
final class TakenPort implements Behaviour {
  @Override
  public void begin(Attack attack) {
    attack.keepCalling(() -> new Decent(attack, false));
    attack.keepCalling(() -> new Decent(attack, true));
  }

  private static final class Decent extends Call {
    private final boolean impostor;

    private Decent(Attack attack, boolean impostor) {
      super(attack);
      this.impostor = impostor;
    }

    @Override
    void connected() {
      if (impostor) {
        bite(Frames.handshake(Attack.PORT));
      } else {
        send(Frames.handshake(Attack.PORT));
      }
    }

    @Override
    void received(FrameReader.Head frame) {
      if (asksForNodes(frame)) {
        send(Frames.nodes(frame.id(), List.of()));
      } else {
        answerPing(frame);
      }
    }
  }
}
