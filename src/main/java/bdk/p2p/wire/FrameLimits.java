package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;

/** How large a payload may be, by message type and command. Called on the event loop. */
public interface FrameLimits {
  /** The largest payload in bytes this node takes for it. */
  int payloadLimitBytes(MessageType type, Command command);
}
