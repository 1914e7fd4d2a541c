package bdk.p2p.wire;

import static bdk.p2p.wire.DecoderRig.join;
import static bdk.p2p.wire.RealFrame.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeListCodecTest {
  private static final byte[] V4 = hex("00 00 7f000001 7a69");
  private static final byte[] V6 = hex("01 01 00000000000000000000000000000001 7a6a");
  private static final NodeEntry V4_NODE = node(NodeType.NORMAL, "127.0.0.1:31337");
  private static final NodeEntry V6_NODE = node(NodeType.DISCOVERY, "[::1]:31338");

  private static NodeEntry node(NodeType type, String id) {
    return new NodeEntry(type, NodeId.parse(id));
  }

  private static List<NodeEntry> decode(byte[]... parts) {
    return NodeListCodec.decode(ByteBuffer.wrap(join(parts)), 1000);
  }

  @Test
  void emptyListHasNoBytes() {
    assertEquals(List.of(), decode());
    assertEquals(0, NodeListCodec.encode(List.of()).length);
    assertEquals(0, NodeListCodec.count(ByteBuffer.allocate(0)));
  }

  @Test
  void orderIsKept() {
    assertEquals(List.of(V6_NODE, V4_NODE, V6_NODE), decode(V6, V4, V6));
    assertArrayEquals(join(V6, V4, V6), NodeListCodec.encode(List.of(V6_NODE, V4_NODE, V6_NODE)));
  }

  @Test
  void lowestAndHighestPortsAreKept() {
    byte[] bytes = hex("00 00 01020304 0000  00 00 01020304 ffff");
    List<NodeEntry> nodes =
        List.of(node(NodeType.NORMAL, "1.2.3.4:0"), node(NodeType.NORMAL, "1.2.3.4:65535"));
    assertEquals(nodes, decode(bytes));
    assertArrayEquals(bytes, NodeListCodec.encode(nodes));
  }

  @Test
  void ipv4WrittenAsIpv6IsTheIpv4Address() {
    byte[] mapped = hex("00 01 00000000000000000000ffff 7f000001 7a69");
    assertEquals(List.of(V4_NODE), decode(mapped));
    assertArrayEquals(V4, NodeListCodec.encode(decode(mapped)));
  }

  @Test
  void atMostTheWantedEntriesAreReturned() {
    ByteBuffer list = ByteBuffer.wrap(join(V4, V6, V4));
    assertEquals(List.of(), NodeListCodec.decode(list, 0));
    assertEquals(List.of(V4_NODE, V6_NODE), NodeListCodec.decode(list, 2));
    assertEquals(3, NodeListCodec.decode(list, 3).size());
    assertEquals(3, NodeListCodec.decode(list, Integer.MAX_VALUE).size());
    assertEquals(3, NodeListCodec.count(list));
  }

  @Test
  void ignoredEntriesAreCheckedToo() {
    assertViolation(
        "node type 7 at offset 8 of the node list is neither 0 nor 1", V4, hex("07000000"));
  }

  @Test
  void listIsImmutable() {
    List<NodeEntry> nodes = decode(V4);
    assertThrows(UnsupportedOperationException.class, () -> nodes.add(V6_NODE));
  }

  @Test
  void bufferIsReadFromItsPositionAndLeftAlone() {
    ByteBuffer list =
        ByteBuffer.wrap(join(hex("ffff"), V4, V6, hex("ff")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(2);
    list.limit(list.capacity() - 1);
    assertEquals(List.of(V4_NODE, V6_NODE), NodeListCodec.decode(list, 9));
    assertEquals(2, list.position());
    assertViolation(
        "ip version 5 at offset 1 of the node list is neither 0 nor 1",
        ByteBuffer.wrap(hex("ffff0005")).position(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 127, 128, 255})
  void unknownTypeIsAViolation(int type) {
    byte[] bad = V6.clone();
    bad[0] = (byte) type;
    String message = "node type " + type + " at offset 28 of the node list is neither 0 nor 1";
    assertViolation(message, V4, V6, bad, V4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 128, 255})
  void unknownIpVersionIsAViolation(int version) {
    byte[] bad = V4.clone();
    bad[1] = (byte) version;
    String message = "ip version " + version + " at offset 29 of the node list is neither 0 nor 1";
    assertViolation(message, V4, V6, bad);
  }

  @ParameterizedTest
  @CsvSource({"4, 8", "6, 20"})
  void entryCutOffAnywhereIsAViolation(int family, int entryBytes) {
    byte[] entry = family == 4 ? V4 : V6;
    for (int left = 1; left < entryBytes; left++) {
      String message =
          "the entry at offset 8 of the node list is cut off: "
              + left
              + " bytes of "
              + (left == 1 ? 8 : entryBytes);
      assertViolation(message, V4, Arrays.copyOf(entry, left));
    }
  }

  @Test
  void countingAllocatesNothing() {
    byte[][] entries = new byte[1000][];
    Arrays.fill(entries, V6);
    ByteBuffer list = ByteBuffer.wrap(join(entries));
    NodeListCodec.count(list);
    long allocated = AllocatedBytes.during(() -> assertEquals(1000, NodeListCodec.count(list)));
    assertTrue(allocated < 10_000, allocated + " bytes allocated to count 1000 entries");
  }

  @Test
  void hugeListCostsNoMoreThanTheWantedEntries() {
    byte[][] entries = new byte[100_000][];
    Arrays.fill(entries, V4);
    ByteBuffer list = ByteBuffer.wrap(join(entries));
    NodeListCodec.decode(list, 1);
    long allocated =
        AllocatedBytes.during(() -> assertEquals(50, NodeListCodec.decode(list, 50).size()));
    assertTrue(allocated < 100_000, allocated + " bytes allocated for 50 entries");
  }

  private static void assertViolation(String message, byte[]... parts) {
    assertViolation(message, ByteBuffer.wrap(join(parts)));
  }

  private static void assertViolation(String message, ByteBuffer list) {
    assertEquals(message, violation(() -> NodeListCodec.count(list)));
    assertEquals(message, violation(() -> NodeListCodec.decode(list, 0)));
  }

  private static String violation(Runnable action) {
    return assertThrows(ProtocolViolation.class, action::run).getMessage();
  }
}
