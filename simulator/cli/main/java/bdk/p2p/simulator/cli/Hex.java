package bdk.p2p.simulator.cli;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Payloads as hexadecimal digits. No state. */
final class Hex {
  private Hex() {}

  static String of(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  /**
   * @throws IllegalArgumentException if the text is not pairs of hexadecimal digits
   */
  static ByteBuffer parse(String text) {
    try {
      return ByteBuffer.wrap(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException cause) {
      String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
      throw new IllegalArgumentException(
          "expected pairs of hexadecimal digits, found '"
              + shown
              + "' of "
              + text.length()
              + " characters");
    }
  }
}
