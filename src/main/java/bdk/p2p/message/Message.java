package bdk.p2p.message;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * One message between two peers: an id, a command and a payload of opaque bytes. Immutable; any
 * thread.
 *
 * <p>The constructors of the four kinds copy the bytes they are given; {@link #adopt} does not.
 */
public abstract sealed class Message permits Request, Answer, Broadcast, Notification {
  private final long id;
  private final Command command;
  private final byte[] payload;

  Message(long id, Command command, byte[] ownedPayload) {
    this.id = id;
    this.command = Objects.requireNonNull(command, "command");
    this.payload = ownedPayload;
  }

  static byte[] copyOf(ByteBuffer payload) {
    if (payload.hasArray()) {
      // Unlike the way below it does not fill the new array with zeros first.
      int from = payload.arrayOffset() + payload.position();
      return Arrays.copyOfRange(payload.array(), from, from + payload.remaining());
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Makes a message around an array without copying it. For codecs: the caller gives the array away
   * and must never touch it again.
   *
   * @param id the eight id bytes of the frame, as a big-endian number
   */
  public static Message adopt(MessageType type, long id, Command command, byte[] ownedPayload) {
    return switch (type) {
      case REQUEST -> new Request(id, command, ownedPayload);
      case ANSWER -> new Answer(id, command, ownedPayload);
      case BROADCAST -> new Broadcast(id, command, ownedPayload);
      case NOTIFICATION -> new Notification(id, command, ownedPayload);
    };
  }

  /** The kind of message. */
  public abstract MessageType type();

  /**
   * The id: random for requests and notifications, the request's for answers, a hash for
   * broadcasts.
   */
  public final MessageId id() {
    return new MessageId(id);
  }

  /** What the payload means. */
  public final Command command() {
    return command;
  }

  /**
   * A fresh read-only view of the payload: position 0, limit {@link #payloadBytes()}, big-endian.
   */
  public final ByteBuffer payload() {
    return ByteBuffer.wrap(payload).asReadOnlyBuffer();
  }

  /**
   * Copies the payload into a buffer, from its position on.
   *
   * @throws java.nio.BufferOverflowException if it has no room for {@link #payloadBytes()}
   * @throws java.nio.ReadOnlyBufferException if it is read-only
   */
  public final void copyPayloadTo(ByteBuffer target) {
    target.put(payload);
  }

  /**
   * {@linkplain MessageId#hashOf The hash} of the payload: the id that a broadcast of it must
   * carry.
   */
  public final MessageId hashOfPayload() {
    return new MessageId(MessageId.hash(payload));
  }

  /** Updates a digest with the payload, which {@link #payload} would let it copy first. */
  public final void digestPayload(MessageDigest digest) {
    digest.update(payload);
  }

  /** The length of the payload in bytes. */
  public final int payloadBytes() {
    return payload.length;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Message that
        && type() == that.type()
        && id == that.id
        && command.equals(that.command)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(id) * 31 + command.code();
  }

  @Override
  public final String toString() {
    return type() + " " + command + " " + id() + " of " + payload.length + " bytes";
  }
}
