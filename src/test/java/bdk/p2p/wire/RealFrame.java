package bdk.p2p.wire;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.util.HexFormat;

/** Frames as they were seen between real nodes, and what they mean. */
enum RealFrame {
  PING_REQUEST(MessageType.REQUEST, Command.PING, "000000000000000b 00 1122334455667788 0000", ""),
  PING_ANSWER(MessageType.ANSWER, Command.PING, "000000000000000b 01 1122334455667788 0000", ""),
  NODES_REQUEST(
      MessageType.REQUEST, Command.REQUEST_NODES, "000000000000000b 00 1122334455667788 0002", ""),
  NODES_ANSWER_V4(
      MessageType.ANSWER,
      Command.REQUEST_NODES,
      "0000000000000013 01 1122334455667788 0002",
      "00007f0000017a69"),
  NODES_ANSWER_V4_AND_V6(
      MessageType.ANSWER,
      Command.REQUEST_NODES,
      "0000000000000027 01 1122334455667788 0002",
      "00007f0000017a69 0101 00000000000000000000000000000001 7a6a"),
  INFO_REQUEST(
      MessageType.REQUEST,
      Command.INFO,
      "000000000000005f 00 1122334455667788 0001",
      "0000000000000002 000660b3e5accd8d 0000000000000007"
          + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
          + " 0000c0a801011f90 0101 20010db8000000000000000000000001 1f91"),
  BROADCAST_TX(
      MessageType.BROADCAST,
      Command.BROADCAST_TRANSACTION,
      "000000000000000f 02 940880c104c19e03 0005",
      "deadbeef"),
  BLOCK_REQUEST(
      MessageType.REQUEST,
      Command.REQUEST_BLOCK,
      "0000000000000023 00 1122334455667788 0009",
      "0000000000000002 0000000000000003 00000000000003e8"),
  BLOCK_ANSWER(
      MessageType.ANSWER,
      Command.REQUEST_BLOCK,
      "0000000000000039 01 1122334455667788 0009",
      "000000000000000f 62646b706565722d626c6f636b2d32"
          + " 000000000000000f 62646b706565722d626c6f636b2d33"),
  TXS_ANSWER(
      MessageType.ANSWER,
      Command.REQUEST_TRANSACTIONS,
      "0000000000000013 01 1122334455667788 0007",
      "00000004 deadbeef");

  private final MessageType type;
  private final Command command;
  private final String header;
  private final String payload;

  RealFrame(MessageType type, Command command, String header, String payload) {
    this.type = type;
    this.command = command;
    this.header = header;
    this.payload = payload;
  }

  /** The bytes that these digits say; blanks do not count. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  byte[] bytes() {
    return hex(header + payload);
  }

  byte[] payload() {
    return hex(payload);
  }

  Message message() {
    long id = this == BROADCAST_TX ? 0x940880c104c19e03L : 0x1122334455667788L;
    return Message.adopt(type, id, command, payload());
  }
}
