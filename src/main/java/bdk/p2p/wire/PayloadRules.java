package bdk.p2p.wire;

import bdk.p2p.message.BlockRange;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.PayloadList;
import java.nio.ByteBuffer;

/**
 * Which types and payloads the protocol's own commands have. Any thread.
 *
 * <pre>
 *  code  name                  types             payload
 *  0     Ping                  request, answer   empty
 *  1     Info                  request, answer   node info
 *  2     RequestNodes          request, answer   request: empty   answer: node list
 *  3     RequestValidatorTxs   request, answer   request: empty   answer: transaction list
 *  4     BroadcastValidatorTx  broadcast         any
 *  5     BroadcastTx           broadcast         any
 *  6     BroadcastBlock        broadcast         any
 *  7     RequestTxs            request, answer   request: empty   answer: transaction list
 *  8     NotifyInfo            notification      node info
 *  9     RequestBlock          request, answer   request: 24 bytes   answer: block list
 *  10..  an application's own  any               any
 * </pre>
 */
public final class PayloadRules {
  private enum Shape {
    ANY,
    EMPTY,
    NODE_INFO,
    NODE_LIST,
    TRANSACTIONS,
    BLOCK_RANGE,
    BLOCKS
  }

  private PayloadRules() {}

  /**
   * Checks that the command may have this message type, and the structure of the payload.
   *
   * @throws ProtocolViolation if not, naming type and command
   */
  public static void check(Message message) {
    if (!allows(message.command(), message.type())) {
      throw new ProtocolViolation(message.command() + " cannot be of type " + message.type());
    }
    Shape shape = shapeOf(message.type(), message.command());
    if (shape == Shape.ANY) {
      return;
    }
    try {
      checkShape(shape, message.payload());
    } catch (ProtocolViolation | IllegalArgumentException breach) {
      throw new ProtocolViolation(
          message.type() + " " + message.command() + ": " + breach.getMessage());
    }
  }

  /**
   * The most bytes that the payload of such a message can have by these rules, so that one with
   * more can be refused before it has come: where the rules fix the size, that size.
   */
  public static int mostBytes(MessageType type, Command command) {
    return switch (shapeOf(type, command)) {
      case EMPTY -> 0;
      case BLOCK_RANGE -> BlockRange.BYTES;
      default -> FrameEncoder.MAX_PAYLOAD_BYTES;
    };
  }

  /**
   * Checks that the id of a broadcast is {@linkplain Message#hashOfPayload the hash} of its
   * payload.
   *
   * @throws ProtocolViolation if not, naming both
   */
  public static void checkBroadcastId(Message broadcast) {
    MessageId hash = broadcast.hashOfPayload();
    if (!broadcast.id().equals(hash)) {
      throw new ProtocolViolation(
          "broadcast id " + broadcast.id() + " is not the hash of the payload, " + hash);
    }
  }

  private static boolean allows(Command command, MessageType type) {
    return switch (command.code()) {
      case 0, 1, 2, 3, 7, 9 -> type == MessageType.REQUEST || type == MessageType.ANSWER;
      case 4, 5, 6 -> type == MessageType.BROADCAST;
      case 8 -> type == MessageType.NOTIFICATION;
      default -> true;
    };
  }

  private static Shape shapeOf(MessageType type, Command command) {
    boolean isRequest = type == MessageType.REQUEST;
    return switch (command.code()) {
      case 0 -> Shape.EMPTY;
      case 1, 8 -> Shape.NODE_INFO;
      case 2 -> isRequest ? Shape.EMPTY : Shape.NODE_LIST;
      case 3, 7 -> isRequest ? Shape.EMPTY : Shape.TRANSACTIONS;
      case 9 -> isRequest ? Shape.BLOCK_RANGE : Shape.BLOCKS;
      default -> Shape.ANY;
    };
  }

  private static void checkShape(Shape shape, ByteBuffer payload) {
    switch (shape) {
      case EMPTY -> checkSize(payload, 0);
      case NODE_INFO -> NodeInfoCodec.check(payload);
      case NODE_LIST -> NodeListCodec.count(payload);
      case TRANSACTIONS -> PayloadList.TRANSACTIONS.check(payload);
      case BLOCK_RANGE -> checkSize(payload, BlockRange.BYTES);
      case BLOCKS -> PayloadList.BLOCKS.check(payload);
      default -> throw new AssertionError(shape);
    }
  }

  private static void checkSize(ByteBuffer payload, int sizeBytes) {
    if (payload.remaining() != sizeBytes) {
      throw new ProtocolViolation(
          "a payload of " + payload.remaining() + " bytes where it has " + sizeBytes);
    }
  }
}
