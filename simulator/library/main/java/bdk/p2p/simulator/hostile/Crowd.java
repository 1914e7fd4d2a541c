package bdk.p2p.simulator.hostile;

import java.util.List;

/** Two hundred decent peers at once, more than a node commonly takes. */
final class Crowd implements Behaviour {
  static final int COUNT = 200;

  @Override
  public void begin(Attack attack) {
    for (int number = 0; number < COUNT; number++) {
      int port = Attack.PORT + number;
      attack.keepCalling(
          () ->
              new Call(attack) {
                @Override
                void connected() {
                  bite(Frames.handshake(port));
                }

                @Override
                void received(FrameReader.Head frame) {
                  if (asksForNodes(frame)) {
                    send(Frames.nodes(frame.id(), List.of()));
                  } else {
                    answerPing(frame);
                  }
                }
              });
    }
  }
}
