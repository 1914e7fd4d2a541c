package bdk.p2p.wire;

import bdk.p2p.message.MessageType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * The rules of payloads read the plain way, on arrays. The codecs must say the same of all bytes.
 */
final class PlainPayload {
  private static final int BYTES_BEFORE_PEERS = 56;

  private PlainPayload() {}

  /** Whether a protocol node takes it. */
  static boolean isGood(MessageType type, int command, byte[] payload) {
    boolean asks = type == MessageType.REQUEST;
    if (command == 4 || command == 5 || command == 6) {
      return type == MessageType.BROADCAST;
    }
    if (command == 8) {
      return type == MessageType.NOTIFICATION && isNodeInfo(payload);
    }
    if (command > 9) {
      return true;
    }
    if (!asks && type != MessageType.ANSWER) {
      return false;
    }
    return switch (command) {
      case 1 -> isNodeInfo(payload);
      case 2 -> asks ? payload.length == 0 : nodeCount(payload) >= 0;
      case 3, 7 -> asks ? payload.length == 0 : itemCount(payload, 4) >= 0;
      case 9 -> asks ? payload.length == 24 : itemCount(payload, 8) >= 0;
      default -> payload.length == 0;
    };
  }

  static boolean isNodeInfo(byte[] payload) {
    return payload.length >= BYTES_BEFORE_PEERS
        && nodeCount(Arrays.copyOfRange(payload, BYTES_BEFORE_PEERS, payload.length)) >= 0;
  }

  /** The entries of a node list; -1 if it is none. */
  static int nodeCount(byte[] list) {
    int count = 0;
    int offset = 0;
    while (offset < list.length) {
      boolean isLegible = list.length - offset >= 2;
      if (!isLegible || !List.of(0, 1).contains((int) list[offset])) {
        return -1;
      }
      switch (list[offset + 1]) {
        case 0 -> offset += 8;
        case 1 -> offset += 20;
        default -> {
          return -1;
        }
      }
      count++;
    }
    return offset == list.length ? count : -1;
  }

  /** The items of a list with lengths of so many bytes; -1 if it is none. */
  static int itemCount(byte[] list, int lengthBytes) {
    int count = 0;
    BigInteger offset = BigInteger.ZERO;
    BigInteger size = BigInteger.valueOf(list.length);
    while (offset.compareTo(size) < 0) {
      int from = offset.intValue();
      if (list.length - from < lengthBytes) {
        return -1;
      }
      BigInteger length = new BigInteger(1, Arrays.copyOfRange(list, from, from + lengthBytes));
      offset = BigInteger.valueOf(from + lengthBytes).add(length);
      count++;
    }
    return offset.equals(size) ? count : -1;
  }
}
