package bdk.p2p.simulator.hostile;

import io.netty.buffer.Unpooled;

/** After its handshake it sends a frame whose length is zero. */
final class ZeroLengthFrame implements Behaviour {
  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                send(Frames.handshake(Attack.PORT));
                bite(Unpooled.buffer(Long.BYTES).writeLong(0));
              }
            });
  }
}
