package bdk.p2p.message;

import java.nio.ByteBuffer;

/** The answer to one {@link Request}: it carries that request's id and command. */
public final class Answer extends Message {
  /** Copies the payload. */
  public Answer(MessageId id, Command command, ByteBuffer payload) {
    this(id.value(), command, copyOf(payload));
  }

  Answer(long id, Command command, byte[] ownedPayload) {
    super(id, command, ownedPayload);
  }

  @Override
  public MessageType type() {
    return MessageType.ANSWER;
  }
}
