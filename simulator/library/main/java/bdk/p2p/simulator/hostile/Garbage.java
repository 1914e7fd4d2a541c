package bdk.p2p.simulator.hostile;

import io.netty.buffer.Unpooled;

/** Sends random bytes, no handshake and no frame among them but by chance. */
final class Garbage implements Behaviour {
  private static final int BYTES = 10_000;

  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                byte[] bytes = new byte[BYTES];
                attack.random().nextBytes(bytes);
                bite(Unpooled.wrappedBuffer(bytes));
              }
            });
  }
}
