package bdk.p2p.simulator.hostile;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries to surround the node: forty peers that seem decent dial it and can be dialled, and all they
 * ever tell of is each other. They pass on nothing.
 */
final class Eclipse implements Behaviour {
  static final int COUNT = 40;

  @Override
  public void begin(Attack attack) {
    List<Frames.Address> all = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      all.add(new Frames.Address(attack.own(), Attack.PORT + number));
    }
    for (Frames.Address one : all) {
      attack.listen(one.port(), () -> new Accomplice(attack, one.port(), all));
      attack.keepCalling(() -> new Accomplice(attack, one.port(), all));
    }
  }

  private static final class Accomplice extends Call {
    private final int port;
    private final List<Frames.Address> all;

    private Accomplice(Attack attack, int port, List<Frames.Address> all) {
      super(attack);
      this.port = port;
      this.all = all;
    }

    @Override
    void connected() {
      send(Frames.handshake(port));
    }

    @Override
    void received(FrameReader.Head frame) {
      if (asksForNodes(frame)) {
        bite(Frames.nodes(frame.id(), all));
      } else {
        answerPing(frame);
      }
    }
  }
}
