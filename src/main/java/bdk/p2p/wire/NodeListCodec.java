package bdk.p2p.wire;

import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lists of nodes, one entry behind the other. Any thread.
 *
 * <pre>
 *  0      1      2                    2+n        4+n
 *  +------+------+--------------------+----------+-----
 *  | type | ip   | n address bytes    | port u16 | type ...
 *  +------+------+--------------------+----------+-----
 *
 *  type: 0 normal, 1 discovery        ip: 0 = IPv4, n = 4; 1 = IPv6, n = 16
 * </pre>
 *
 * <p>An IPv4 address written as IPv6 is read, and so written again, as the IPv4 address.
 */
public final class NodeListCodec {
  private static final int NORMAL = 0;
  private static final int DISCOVERY = 1;
  private static final int IPV4 = 0;
  private static final int IPV6 = 1;

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** Type and ip version before the address, port behind it. */
  private static final int BYTES_BESIDE_ADDRESS = 4;

  /** The longest entry: that of an IPv6 address. */
  private static final int MOST_ENTRY_BYTES = BYTES_BESIDE_ADDRESS + IPV6_BYTES;

  private NodeListCodec() {}

  /** How many entries fit so many bytes, whatever they are. */
  public static int entriesWithin(int bytes) {
    return Math.max(0, bytes) / MOST_ENTRY_BYTES;
  }

  /** The bytes of the list, in its order. */
  public static byte[] encode(List<NodeEntry> nodes) {
    ByteBuffer bytes = ByteBuffer.allocate(encodedBytes(nodes));
    write(nodes, bytes);
    return bytes.array();
  }

  /**
   * Reads a list, leaving the buffer's position alone.
   *
   * @param maxEntries how many entries to return at most; the rest is checked and ignored
   * @return an immutable list
   * @throws ProtocolViolation as {@link #count}
   */
  public static List<NodeEntry> decode(ByteBuffer list, int maxEntries) {
    int entryCount = Math.min(count(list), maxEntries);
    List<NodeEntry> nodes = new ArrayList<>(entryCount);
    ByteBuffer bytes = list.duplicate();
    while (nodes.size() < entryCount) {
      nodes.add(read(bytes));
    }
    return Collections.unmodifiableList(nodes);
  }

  /**
   * Checks a list without allocating anything.
   *
   * @return the number of entries
   * @throws ProtocolViolation if a type or ip version is unknown or the last entry is cut off,
   *     naming the entry's offset in the list
   */
  public static int count(ByteBuffer list) {
    int count = 0;
    int start = list.position();
    int index = start;
    while (index < list.limit()) {
      index += checkedEntryBytes(list, index, index - start);
      count++;
    }
    return count;
  }

  private static int checkedEntryBytes(ByteBuffer list, int index, int offset) {
    int left = list.limit() - index;
    int type = list.get(index) & 0xff;
    if (type != NORMAL && type != DISCOVERY) {
      throw new ProtocolViolation(
          "node type " + type + " at offset " + offset + " of the node list is neither 0 nor 1");
    }
    int ipVersion = left > 1 ? list.get(index + 1) & 0xff : IPV4;
    if (ipVersion != IPV4 && ipVersion != IPV6) {
      throw new ProtocolViolation(
          "ip version "
              + ipVersion
              + " at offset "
              + (offset + 1)
              + " of the node list is neither 0 nor 1");
    }
    int entryBytes = BYTES_BESIDE_ADDRESS + (ipVersion == IPV4 ? IPV4_BYTES : IPV6_BYTES);
    if (left < entryBytes) {
      throw new ProtocolViolation(
          "the entry at offset "
              + offset
              + " of the node list is cut off: "
              + left
              + " bytes of "
              + entryBytes);
    }
    return entryBytes;
  }

  private static NodeEntry read(ByteBuffer bytes) {
    NodeType type = bytes.get() == NORMAL ? NodeType.NORMAL : NodeType.DISCOVERY;
    byte[] address = new byte[bytes.get() == IPV4 ? IPV4_BYTES : IPV6_BYTES];
    bytes.get(address);
    return new NodeEntry(type, NodeId.of(address, bytes.getShort() & 0xffff));
  }

  static int encodedBytes(List<NodeEntry> nodes) {
    int sum = 0;
    for (NodeEntry node : nodes) {
      sum += BYTES_BESIDE_ADDRESS + node.id().address().getAddress().length;
    }
    return sum;
  }

  static void write(List<NodeEntry> nodes, ByteBuffer bytes) {
    for (NodeEntry node : nodes) {
      byte[] address = node.id().address().getAddress();
      bytes.put((byte) (node.type() == NodeType.NORMAL ? NORMAL : DISCOVERY));
      bytes.put((byte) (address.length == IPV4_BYTES ? IPV4 : IPV6));
      bytes.put(address).putShort((short) node.id().port());
    }
  }
}
