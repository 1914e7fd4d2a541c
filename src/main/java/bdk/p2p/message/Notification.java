package bdk.p2p.message;

import java.nio.ByteBuffer;

/** Something for one peer that needs no answer. */
public final class Notification extends Message {
  /** Copies the payload. */
  public Notification(MessageId id, Command command, ByteBuffer payload) {
    this(id.value(), command, copyOf(payload));
  }

  Notification(long id, Command command, byte[] ownedPayload) {
    super(id, command, ownedPayload);
  }

  @Override
  public MessageType type() {
    return MessageType.NOTIFICATION;
  }
}
