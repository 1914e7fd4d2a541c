package bdk.p2p.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Storage;
import bdk.p2p.message.Ban;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BanFileTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String failure(String text) {
    return assertThrows(IOException.class, () -> BanFile.decode(bytes(text), "/x/bans"))
        .getMessage();
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    List<Ban> bans =
        List.of(
            new Ban(
                InetAddress.getByName("203.0.113.7"),
                32,
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                "score 100 of 100, at last VIOLATION: frame length 5"),
            new Ban(InetAddress.getByName("2001:db8::"), 64, Instant.EPOCH, "ordnungsgemäß"));
    assertEquals(bans, BanFile.decode(BanFile.encode(bans), ""));
    assertEquals(List.of(), BanFile.decode(BanFile.encode(List.of()), ""));
    assertEquals("bdk.p2p bans 1\nend\n", new String(BanFile.encode(List.of())));
  }

  @Test
  void asManyBansAsMayBeRememberedFitTheStorageHoweverLongTheyAre() throws Exception {
    List<Ban> bans = new ArrayList<>();
    String why = "\u20ac".repeat(BanFile.WHY_CHARACTERS);
    for (int count = 0; count < Guard.MOST_REMEMBERED; count++) {
      byte[] address = new byte[16];
      ByteBuffer.wrap(address).putLong(-1L - count);
      bans.add(new Ban(InetAddress.getByAddress(address), 64, Instant.MAX, why));
    }
    byte[] content = BanFile.encode(bans);
    assertTrue(content.length <= Storage.MAX_BYTES, content.length + " bytes");
    assertEquals(bans, BanFile.decode(content, ""));
    int lines = content.length - "bdk.p2p bans 1\nend\n".length();
    assertEquals(BanFile.MOST_LINE_BYTES, lines / bans.size());
  }

  @Test
  void reasonThatAnOperatorMadeTooLongIsCut() throws Exception {
    String line = "bdk.p2p bans 1\n203.0.113.7/32 2026-01-01T00:00:00Z WHY\nend\n";
    String longest = "w".repeat(BanFile.WHY_CHARACTERS);
    for (String why : List.of(longest, longest + "x")) {
      assertEquals(longest, BanFile.decode(bytes(line.replace("WHY", why)), "").get(0).why());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | line 1 should be 'bdk.p2p bans 1', but is ''",
        "bdk.p2p bans 2,end | line 1 should be 'bdk.p2p bans 1', but is 'bdk.p2p bans 2'",
        "bdk.p2p bans 1 | line 2 should be 'end', but is ''",
        "bdk.p2p bans 1,203.0.113.7/32 2026-01-01T00:00:00Z x"
            + " | line 2 should be 'end', but is '203.0.113.7/32 2026-01-01T00:00:00Z x'",
        "bdk.p2p bans 1,203.0.113.7/32,end"
            + " | line 2 should be ADDRESS/BITS UNTIL WHY, but is '203.0.113.7/32'",
        "bdk.p2p bans 1,203.0.113.7/24 2026-01-01T00:00:00Z x,end"
            + " | line 2 should be /32 of an IPv4 or /64 of an IPv6 address, but is"
            + " '203.0.113.7/24'",
        "bdk.p2p bans 1,a.example/32 2026-01-01T00:00:00Z x,end | line 2 should be an address like"
            + " 203.0.113.7/32 or 2001:db8::/64, but is 'a.example/32'",
        "bdk.p2p bans 1,203.0.113.7/32 tomorrow x,end"
            + " | line 2 should be a time like 2026-01-01T00:00:00Z, but is 'tomorrow'"
      })
  void damageIsToldWithPlaceLineAndWhatWasExpected(String lines, String message) {
    assertEquals(
        "/x/bans is damaged: " + message + "; put it right or take it away",
        failure(lines.replace(',', '\n')));
  }

  @Test
  void bytesThatAreNoTextAreDamage() {
    assertThrows(IOException.class, () -> BanFile.decode(new byte[] {(byte) 0xff}, "/x/bans"));
  }
}
