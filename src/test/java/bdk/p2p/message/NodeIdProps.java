package bdk.p2p.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NodeIdProps {
  @Provide
  Arbitrary<NodeId> ids() {
    Arbitrary<byte[]> four = Arbitraries.bytes().array(byte[].class).ofSize(4);
    Arbitrary<byte[]> sixteen = Arbitraries.bytes().array(byte[].class).ofSize(16);
    return Combinators.combine(
            Arbitraries.oneOf(four, sixteen), Arbitraries.integers().between(0, 65535))
        .as(NodeId::of);
  }

  @Property
  void textIsReadAsItIsWritten(@ForAll("ids") NodeId id) {
    assertEquals(id, NodeId.parse(id.toString()));
  }

  @Property
  void socketAddressLeadsBack(@ForAll("ids") NodeId id) {
    assertEquals(id, NodeId.of(id.socketAddress()));
  }

  @Property
  void orderIsTotalAndAgreesWithEquality(
      @ForAll("ids") NodeId one, @ForAll("ids") NodeId two, @ForAll("ids") NodeId three) {
    assertEquals(Integer.signum(one.compareTo(two)), -Integer.signum(two.compareTo(one)));
    assertEquals(one.equals(two), one.compareTo(two) == 0);
    if (one.compareTo(two) <= 0 && two.compareTo(three) <= 0) {
      assertTrue(one.compareTo(three) <= 0);
    }
  }

  @Example
  void orderIsByAddressThenPortUnsignedAndFourBeforeSix() {
    List<NodeId> ordered =
        List.of(
            NodeId.parse("1.2.3.4:9"),
            NodeId.parse("127.0.0.1:1"),
            NodeId.parse("127.0.0.1:65535"),
            NodeId.parse("200.0.0.1:1"),
            NodeId.parse("[::1]:1"),
            NodeId.parse("[2001:db8::1]:1"),
            NodeId.parse("[fe80::1]:1"));
    assertEquals(ordered, ordered.stream().sorted().toList());
  }

  @Example
  void addressWrittenAsIpv6IsTheIpv4Address() {
    assertEquals(NodeId.parse("203.0.113.7:7000"), NodeId.parse("[::ffff:203.0.113.7]:7000"));
  }

  @Example
  void textThatIsNoAddressIsRefused() {
    for (String text :
        List.of(
            "",
            "localhost:1",
            "1.2.3:1",
            "1.2.3.256:1",
            "1.2.3.4",
            "1.2.3.4:65536",
            "1.2.3.4:-1",
            "::1:1",
            "[::1]",
            "[localhost]:1",
            "[fe80::1%eth0]:1",
            "[:]:1")) {
      assertThrows(IllegalArgumentException.class, () -> NodeId.parse(text), text);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> NodeId.of(InetSocketAddress.createUnresolved("host", 1)));
    assertThrows(IllegalArgumentException.class, () -> NodeId.of(new byte[5], 1));
    assertThrows(IllegalArgumentException.class, () -> NodeId.of(new byte[4], 65536));
  }

  @Example
  void onlyWhatCanListenIsDialable() {
    assertTrue(NodeId.parse("127.0.0.1:1").isDialable());
    assertFalse(NodeId.parse("127.0.0.1:0").isDialable());
    assertFalse(NodeId.parse("0.0.0.0:1").isDialable());
    assertFalse(NodeId.parse("[::]:1").isDialable());
    assertFalse(NodeId.parse("224.0.0.1:1").isDialable());
  }
}
