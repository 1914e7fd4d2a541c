package bdk.p2p.message;

import java.nio.ByteBuffer;

/** Something for the whole network, relayed by every node at first sight. */
public final class Broadcast extends Message {
  /** Copies the payload; the id is {@link MessageId#hashOf its hash}. */
  public Broadcast(Command command, ByteBuffer payload) {
    this(command, copyOf(payload));
  }

  private Broadcast(Command command, byte[] ownedPayload) {
    this(MessageId.hash(ownedPayload), command, ownedPayload);
  }

  Broadcast(long id, Command command, byte[] ownedPayload) {
    super(id, command, ownedPayload);
  }

  @Override
  public MessageType type() {
    return MessageType.BROADCAST;
  }
}
