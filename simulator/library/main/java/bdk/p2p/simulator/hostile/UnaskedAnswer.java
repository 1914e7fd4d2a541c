package bdk.p2p.simulator.hostile;

import java.util.List;

/**
 * Two peers of one mind: what the node asks the one, the other answers, with the right id and an
 * address of its own choice. The one that was asked never answers.
 */
final class UnaskedAnswer implements Behaviour {
  /** The address that the node must not learn. */
  static final int PLANTED_PORT = 7999;

  @Override
  public void begin(Attack attack) {
    Answerer answerer = new Answerer(attack);
    attack.keepCalling(answerer::call);
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
                  answerer.answer(frame.id());
                } else {
                  answerPing(frame);
                }
              }
            });
  }

  /** Holds the present connection of the one that was not asked. Any thread. */
  private static final class Answerer {
    private final Attack attack;
    private volatile Call present;

    private Answerer(Attack attack) {
      this.attack = attack;
    }

    private Call call() {
      return new Call(attack) {
        @Override
        void connected() {
          send(Frames.handshake(Attack.PORT + 1));
          present = this;
        }

        @Override
        void received(FrameReader.Head frame) {
          if (asksForNodes(frame)) {
            send(Frames.nodes(frame.id(), List.of()));
          } else {
            answerPing(frame);
          }
        }
      };
    }

    private void answer(long id) {
      Call call = present;
      if (call != null) {
        call.bite(Frames.nodes(id, List.of(new Frames.Address(attack.own(), PLANTED_PORT))));
      }
    }
  }
}
