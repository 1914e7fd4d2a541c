package bdk.p2p.message;

import java.nio.ByteBuffer;

/**
 * Asks one peer for something; the peer answers with an {@link Answer} of the same id and command.
 */
public final class Request extends Message {
  /** Copies the payload. */
  public Request(MessageId id, Command command, ByteBuffer payload) {
    this(id.value(), command, copyOf(payload));
  }

  Request(long id, Command command, byte[] ownedPayload) {
    super(id, command, ownedPayload);
  }

  @Override
  public MessageType type() {
    return MessageType.REQUEST;
  }
}
