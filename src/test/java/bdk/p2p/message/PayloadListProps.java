package bdk.p2p.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PayloadListProps {
  @Provide
  Arbitrary<List<ByteBuffer>> items() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(50)
        .map(ByteBuffer::wrap)
        .list()
        .ofMaxSize(20);
  }

  @Property
  void whatWasJoinedIsSplitAgain(
      @ForAll PayloadList kind, @ForAll("items") List<ByteBuffer> items) {
    ByteBuffer joined = kind.join(items);
    assertEquals(items, kind.split(joined));
    assertEquals(items.size(), kind.check(joined));
    assertEquals(0, joined.position());
  }

  @Property
  void everyCutWithinAnItemIsRefused(
      @ForAll PayloadList kind, @ForAll("items") List<ByteBuffer> items) {
    ByteBuffer joined = kind.join(items);
    int lengthBytes = kind == PayloadList.BLOCKS ? 8 : 4;
    int whole = 0;
    int boundary = 0;
    for (int cut = 0; cut < joined.limit(); cut++) {
      ByteBuffer part = joined.duplicate().limit(cut);
      if (cut == boundary) {
        assertEquals(whole, kind.check(part));
        boundary += lengthBytes + items.get(whole).remaining();
        whole++;
      } else {
        assertThrows(IllegalArgumentException.class, () -> kind.check(part));
        assertThrows(IllegalArgumentException.class, () -> kind.split(part));
      }
    }
  }

  @Property
  void anyBytesAreSplitOrRefused(@ForAll PayloadList kind, @ForAll byte[] bytes) {
    try {
      int sum = kind.split(ByteBuffer.wrap(bytes)).stream().mapToInt(ByteBuffer::remaining).sum();
      assertTrue(sum <= bytes.length);
    } catch (IllegalArgumentException refused) {
      assertTrue(refused.getMessage().contains("offset"), refused.getMessage());
    }
  }

  @Example
  void lengthBeyondTheLongestArrayIsNamedUnsigned() {
    ByteBuffer claim = ByteBuffer.allocate(8).putLong(-1).flip();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PayloadList.BLOCKS.split(claim));
    assertEquals(
        "an item of 18446744073709551615 bytes at offset 0 is longer than the 0 bytes left",
        refused.getMessage());
  }
}
