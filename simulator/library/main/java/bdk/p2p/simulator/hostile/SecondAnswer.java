package bdk.p2p.simulator.hostile;

import java.util.List;

/** It answers every request of the node twice. */
final class SecondAnswer implements Behaviour {
  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                send(Frames.handshake(Attack.PORT));
              }

              @Override
              void received(FrameReader.Head frame) {
                if (asksForNodes(frame)) {
                  send(Frames.nodes(frame.id(), List.of()));
                  bite(Frames.nodes(frame.id(), List.of()));
                } else if (answerPing(frame)) {
                  bite(Frames.frame(Frames.ANSWER, frame.id(), frame.command()));
                }
              }
            });
  }
}
