package bdk.p2p.simulator.hostile;

/** After its handshake it sends half a frame's header, and then nothing, not even to a ping. */
final class HalfHeader implements Behaviour {
  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                send(Frames.handshake(Attack.PORT));
                bite(
                    Frames.frame(Frames.REQUEST, 1, Frames.PING)
                        .writerIndex(Frames.HEADER_BYTES / 2));
              }
            });
  }
}
