package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;

/** How large a payload may be, by message type and command. Any thread. */
public interface FrameLimits {
  /** The largest payload in bytes that this node takes for it, and that it sends. */
  int payloadLimitBytes(MessageType type, Command command);

  /**
   * Checks the size of a payload before there is any memory for it.
   *
   * @throws ProtocolViolation if it is too large, naming type, command, size and limit
   */
  default void check(MessageType type, Command command, int payloadBytes) {
    int limit = payloadLimitBytes(type, command);
    if (payloadBytes > limit) {
      throw new ProtocolViolation(
          type
              + " "
              + command
              + ": payload of "
              + payloadBytes
              + " bytes is above the limit of "
              + limit
              + " bytes");
    }
  }
}
