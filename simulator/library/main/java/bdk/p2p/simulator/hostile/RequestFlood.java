package bdk.p2p.simulator.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Asks and asks, a thousand times in each tenth of a second, and reads no answer. */
final class RequestFlood implements Behaviour {
  private static final int BATCH = 1_000;
  private static final int PAUSE_MILLIS = 100;

  @Override
  public void begin(Attack attack) {
    attack.keepCalling(
        () ->
            new Call(attack) {
              private long ids;

              @Override
              void connected() {
                stopReading();
                send(Frames.handshake(Attack.PORT));
                every(PAUSE_MILLIS, this::ask);
              }

              private void ask() {
                if (isWritable()) {
                  ByteBuf batch = Unpooled.buffer(BATCH * Frames.HEADER_BYTES);
                  for (int count = 0; count < BATCH; count++) {
                    ByteBuf request = Frames.frame(Frames.REQUEST, ids++, Frames.REQUEST_NODES);
                    batch.writeBytes(request);
                  }
                  bite(batch);
                }
              }
            });
  }
}
