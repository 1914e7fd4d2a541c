package bdk.p2p.manager;

import java.nio.ByteBuffer;

/** Payloads. */
final class Bytes {
  private Bytes() {}

  static ByteBuffer of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int index = 0; index < values.length; index++) {
      bytes[index] = (byte) values[index];
    }
    return ByteBuffer.wrap(bytes);
  }

  /** Four bytes. */
  static ByteBuffer number(int value) {
    return ByteBuffer.allocate(4).putInt(value).flip();
  }

  static ByteBuffer zeros(int size) {
    return ByteBuffer.allocate(size);
  }
}
