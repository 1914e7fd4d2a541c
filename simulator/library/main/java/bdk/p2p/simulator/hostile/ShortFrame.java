package bdk.p2p.simulator.hostile;

import java.util.concurrent.atomic.AtomicInteger;

/** After its handshake it sends a frame of 1 to 10 bytes, one longer each time it comes. */
final class ShortFrame implements Behaviour {
  @Override
  public void begin(Attack attack) {
    AtomicInteger count = new AtomicInteger();
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                int length = 1 + count.getAndIncrement() % (Frames.LEAST_LENGTH - 1);
                send(Frames.handshake(Attack.PORT));
                bite(Frames.header(length, Frames.REQUEST, 0, 0).writerIndex(Long.BYTES + length));
              }
            });
  }
}
