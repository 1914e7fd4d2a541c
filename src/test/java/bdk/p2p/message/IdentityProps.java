package bdk.p2p.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What compares itself is the same exactly if its parts are, and is found again in a set. */
class IdentityProps {
  private static void assertIdentity(boolean same, Object one, Object two) {
    assertEquals(same, one.equals(two));
    assertEquals(same, two.equals(one));
    assertEquals(same, Set.of(one).contains(two));
    assertNotEquals(one, null);
    assertNotEquals(one, one.toString());
  }

  @Property
  void messageIds(@ForAll long one, @ForAll long two) {
    assertIdentity(one == two, new MessageId(one), new MessageId(two));
    assertIdentity(true, new MessageId(one), new MessageId(one));
    assertIdentity(false, new MessageId(one), new MessageId(one ^ 1L << 63));
  }

  @Property
  void commands(@ForAll @IntRange(max = 65_535) int one, @ForAll @IntRange(max = 65_535) int two) {
    assertIdentity(one == two, new Command(one), new Command(two));
    assertIdentity(true, new Command(one), new Command(one));
    assertIdentity(false, new Command(one), new Command(one ^ 0x8000));
  }

  @Property
  void nodeIds(
      @ForAll @Size(4) byte[] address,
      @ForAll @IntRange(max = 3) int changed,
      @ForAll @IntRange(max = 65_535) int port) {
    byte[] other = address.clone();
    other[changed] ^= 1;
    NodeId id = NodeId.of(address, port);
    assertIdentity(true, id, NodeId.of(address, port));
    for (NodeId another : List.of(NodeId.of(other, port), NodeId.of(address, port ^ 1))) {
      assertIdentity(false, id, another);
    }
  }
}
