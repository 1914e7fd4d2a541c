package bdk.p2p.wire;

import bdk.p2p.message.ChainHead;
import bdk.p2p.message.NodeInfo;
import java.nio.ByteBuffer;

/**
 * What a node says of itself. Any thread.
 *
 * <pre>
 *  0                  8                  16                 24                  56
 *  +------------------+------------------+------------------+-------------------+-----------
 *  | node version u64 | epoch micros u64 | block height u64 | block hash (32)   | node list
 *  +------------------+------------------+------------------+-------------------+-----------
 * </pre>
 */
public final class NodeInfoCodec {
  private static final int HASH_OFFSET = 24;
  private static final int PEERS_OFFSET = HASH_OFFSET + ChainHead.HASH_BYTES;

  private NodeInfoCodec() {}

  /** How many peers a node info of so many bytes can name, whatever they are. */
  public static int peersWithin(int bytes) {
    return NodeListCodec.entriesWithin(bytes - PEERS_OFFSET);
  }

  /** The bytes of the node info. */
  public static byte[] encode(NodeInfo info) {
    ChainHead head = info.head();
    ByteBuffer bytes =
        ByteBuffer.allocate(PEERS_OFFSET + NodeListCodec.encodedBytes(info.peers()))
            .putLong(head.nodeVersion())
            .putLong(info.epochMicros())
            .putLong(head.height())
            .put(head.hash());
    NodeListCodec.write(info.peers(), bytes);
    return bytes.array();
  }

  /**
   * Reads a node info, leaving the buffer's position alone.
   *
   * @param maxPeers how many peers to return at most; the rest is checked and ignored
   * @throws ProtocolViolation if it is too short or its node list is bad
   */
  public static NodeInfo decode(ByteBuffer info, int maxPeers) {
    checkSize(info);
    ByteBuffer bytes = info.slice();
    long nodeVersion = bytes.getLong();
    long epochMicros = bytes.getLong();
    long height = bytes.getLong();
    ByteBuffer hash = bytes.slice(HASH_OFFSET, ChainHead.HASH_BYTES);
    ChainHead head = new ChainHead(nodeVersion, height, hash);
    return new NodeInfo(head, epochMicros, NodeListCodec.decode(peers(info), maxPeers));
  }

  /**
   * Checks a node info without allocating more than a view.
   *
   * @throws ProtocolViolation as {@link #decode}
   */
  public static void check(ByteBuffer info) {
    checkSize(info);
    NodeListCodec.count(peers(info));
  }

  private static void checkSize(ByteBuffer info) {
    if (info.remaining() < PEERS_OFFSET) {
      throw new ProtocolViolation(
          "a node info of "
              + info.remaining()
              + " bytes is below the minimum of "
              + PEERS_OFFSET
              + " bytes");
    }
  }

  private static ByteBuffer peers(ByteBuffer info) {
    return info.slice(info.position() + PEERS_OFFSET, info.remaining() - PEERS_OFFSET);
  }
}
