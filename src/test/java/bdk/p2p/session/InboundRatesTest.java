package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundRatesTest {
  private static final Command RATED = Command.of(5000);
  private static final Command FREE = Command.of(5001);
  private static final long MILLI = 1_000_000;

  private final InboundRates rates =
      new InboundRates(
          List.of(new InboundRates.Limit(true, 100_000, 50_000)),
          Map.of(RATED, List.of(new InboundRates.Limit(false, 100, 3))),
          InetAddress::isLoopbackAddress);

  private static Message message(Command command, int payloadBytes) {
    return Message.adopt(MessageType.NOTIFICATION, 1, command, new byte[payloadBytes]);
  }

  private InboundRates.Meter meter(String address) {
    return rates.meter(address(address)).orElseThrow();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException cause) {
      throw new AssertionError(cause);
    }
  }

  @Test
  void aboveTheBurstReadingWaitsForOneMoreMessageToBeAllowed() {
    InboundRates.Meter meter = meter("10.0.0.1");
    for (int count = 0; count < 3; count++) {
      assertEquals(0, meter.count(message(RATED, 0), 0));
    }
    assertEquals(10 * MILLI, meter.count(message(RATED, 0), 0));
    assertEquals(10 * MILLI, meter.count(message(RATED, 0), 10 * MILLI));
    assertEquals(2, rates.slowed());
  }

  @Test
  void commandWithoutABoundCountsInTheSumOnly() {
    InboundRates.Meter meter = meter("10.0.0.1");
    assertEquals(0, meter.count(message(FREE, 50_000 - 19), 0));
    assertEquals(1000 * MILLI, meter.count(message(FREE, 100_000 - 19), 0));
  }

  @Test
  void everySessionOfAnAddressCountsTogether() {
    assertSame(meter("10.0.0.1"), meter("10.0.0.1"));
    assertTrue(meter("10.0.0.1") != meter("10.0.0.2"));
  }

  @Test
  void addressesOfOneIpv6LineCountTogether() {
    assertSame(meter("2001:db8:1:2::1"), meter("2001:db8:1:2:ffff::7"));
    assertTrue(meter("2001:db8:1:2::1") != meter("2001:db8:1:3::1"));
  }

  @Test
  void exemptAddressesAreNotCounted() {
    assertTrue(rates.meter(address("127.0.0.1")).isEmpty());
    assertTrue(rates.meter(address("::1")).isEmpty());
  }

  @Test
  void onlySoManyAddressesAreRemembered() {
    InboundRates.Meter first = meter("10.0.0.1");
    for (int count = 0; count < InboundRates.MOST_ADDRESSES - 1; count++) {
      meter("10.1." + (count >> 8) + "." + (count & 0xff));
    }
    assertSame(first, meter("10.0.0.1"));
    for (int count = 0; count < InboundRates.MOST_ADDRESSES; count++) {
      meter("10.2." + (count >> 8) + "." + (count & 0xff));
    }
    assertTrue(first != meter("10.0.0.1"));
  }
}
