package bdk.p2p.simulator.hostile;

import java.util.concurrent.atomic.AtomicInteger;

/** After its handshake it sends a frame of type 4, 5 or 255, in turns. */
final class UnknownType implements Behaviour {
  private static final int[] TYPES = {4, 5, 255};

  @Override
  public void begin(Attack attack) {
    AtomicInteger count = new AtomicInteger();
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                int type = TYPES[count.getAndIncrement() % TYPES.length];
                send(Frames.handshake(Attack.PORT));
                bite(Frames.frame(type, 1, Frames.PING));
              }
            });
  }
}
