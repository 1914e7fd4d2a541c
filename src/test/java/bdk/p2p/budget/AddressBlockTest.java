package bdk.p2p.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7/32, 203.0.113.0/24",
    "255.255.255.255, 255.255.255.255/32, 255.255.255.0/24",
    "::ffff:203.0.113.7, 203.0.113.7/32, 203.0.113.0/24",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64, 2001:db8:1:0:0:0:0:0/48",
    "ffff:ffff:ffff:ffff:ffff::, ffff:ffff:ffff:ffff:0:0:0:0/64, ffff:ffff:ffff:0:0:0:0:0/48"
  })
  void addressAndNetworkOf(String address, String own, String network) throws Exception {
    InetAddress one = InetAddress.getByName(address);
    assertEquals(own, AddressBlock.ofAddress(one).toString());
    assertEquals(network, AddressBlock.ofNetwork(one).toString());
    assertEquals(AddressBlock.ofNetwork(one), AddressBlock.parse(network));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "203.0.113.7/32, 203.0.113.7, true",
    "203.0.113.7/32, 203.0.113.6, false",
    "203.0.112.0/23, 203.0.113.1, true",
    "2001:db8::/64, 2001:db8::1, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/64, 203.0.113.7, false",
    "0.0.0.0/1, 2001:db8::, false"
  })
  void contains(String block, String address, boolean expected) throws Exception {
    assertEquals(expected, AddressBlock.parse(block).contains(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "203.0.113.7",
        "203.0.113.7/33",
        "203.0.113.7/0",
        "203.0.113/24",
        "a.example/32",
        "256.0.0.1/32",
        "203.0.113.7/-1",
        "::1/129",
        "1::2::3/64",
        "203.0.113.7/32 "
      })
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse(text));
  }

  @Test
  void scopeDoesNotCount() throws Exception {
    InetAddress scoped =
        java.net.Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 1);
    assertEquals("fe80:0:0:0:0:0:0:0/64", AddressBlock.ofAddress(scoped).toString());
  }
}
