package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frame format read the plain way: all bytes at hand, one field after the other. The decoder
 * must say the same of every sequence of bytes.
 *
 * @param messages those before the first violation, or before the bytes end
 * @param isViolated whether a violation is found
 */
record PlainFrameReader(List<Message> messages, boolean isViolated) {
  static PlainFrameReader read(byte[] bytes, int payloadLimitBytes) {
    List<Message> messages = new ArrayList<>();
    int offset = 0;
    while (bytes.length - offset >= 8) {
      BigInteger length = number(bytes, offset, 8);
      if (length.compareTo(BigInteger.valueOf(11)) < 0
          || length.compareTo(BigInteger.valueOf(128 << 20)) > 0) {
        return new PlainFrameReader(messages, true);
      }
      if (bytes.length - offset >= 9 && (bytes[offset + 8] < 0 || bytes[offset + 8] > 3)) {
        return new PlainFrameReader(messages, true);
      }
      int payloadBytes = length.intValue() - 11;
      if (bytes.length - offset >= 19 && payloadBytes > payloadLimitBytes) {
        return new PlainFrameReader(messages, true);
      }
      if (bytes.length - offset - 19 < payloadBytes) {
        break;
      }
      messages.add(
          Message.adopt(
              MessageType.values()[bytes[offset + 8]],
              number(bytes, offset + 9, 8).longValue(),
              Command.of(number(bytes, offset + 17, 2).intValue()),
              Arrays.copyOfRange(bytes, offset + 19, offset + 19 + payloadBytes)));
      offset += 19 + payloadBytes;
    }
    return new PlainFrameReader(messages, false);
  }

  private static BigInteger number(byte[] bytes, int offset, int size) {
    return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + size));
  }
}
