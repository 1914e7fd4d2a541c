package bdk.p2p.simulator.hostile;

import io.netty.buffer.ByteBuf;

/** Peers that send nothing, one byte or two bytes of their handshake, and then wait. */
final class HalfHandshake implements Behaviour {
  @Override
  public void begin(Attack attack) {
    for (int number = 0; number < Frames.HANDSHAKE_BYTES; number++) {
      int byteCount = number;
      attack.keepCalling(
          () ->
              new Call(attack) {
                @Override
                void connected() {
                  ByteBuf handshake = Frames.handshake(Attack.PORT);
                  bite(handshake.writerIndex(byteCount));
                }
              });
    }
  }
}
