package bdk.p2p.guard;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.message.Ban;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Bans as text, for a file that an operator can read and edit. No state.
 *
 * <pre>
 * bdk.p2p bans 1
 * 203.0.113.7/32 2026-01-01T00:00:00Z score 100 of 100, at last VIOLATION: frame length 5 ...
 * 2001:db8::/64 2026-01-01T00:00:00Z ordered
 * end
 * </pre>
 *
 * <p>The last line tells a whole file from one that was cut off. A line has at most {@value
 * #MOST_LINE_BYTES} bytes.
 */
final class BanFile {
  /**
   * What a ban's reason may be long: enough for a detail, little enough for a list of thousands.
   */
  static final int WHY_CHARACTERS = 200;

  /** 30 of an IPv6 address, 37 of a time, 3 of each character of a reason, 3 between them. */
  static final int MOST_LINE_BYTES = 30 + 37 + 3 * WHY_CHARACTERS + 3;

  private static final String FIRST = "bdk.p2p bans 1";
  private static final String LAST = "end";
  private static final int WORDS = 3;

  private BanFile() {}

  static byte[] encode(List<Ban> bans) {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    for (Ban ban : bans) {
      text.append(new AddressBlock(ban.address(), ban.prefixBits()))
          .append(' ')
          .append(ban.until())
          .append(' ')
          .append(ban.why())
          .append('\n');
    }
    return text.append(LAST).append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #encode} has written.
   *
   * @param place where it comes from, for messages
   * @throws IOException naming place, line and what was expected there
   */
  static List<Ban> decode(byte[] content, String place) throws IOException {
    List<String> lines = text(content, place).lines().toList();
    List<Ban> bans = new ArrayList<>();
    expect(FIRST, lines, 0, place);
    int last = Math.max(1, lines.size() - 1);
    for (int index = 1; index < last; index++) {
      bans.add(ban(lines.get(index), place, index + 1));
    }
    expect(LAST, lines, last, place);
    return bans;
  }

  private static String text(byte[] content, String place) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException notText) {
      throw new IOException(place + " is damaged: it is not UTF-8 text", notText);
    }
  }

  private static void expect(String wanted, List<String> lines, int index, String place)
      throws IOException {
    String found = index < lines.size() ? lines.get(index) : "";
    if (!found.equals(wanted)) {
      throw damaged(place, index + 1, "'" + wanted + "'", found);
    }
  }

  private static Ban ban(String line, String place, int number) throws IOException {
    String[] words = line.split(" ", WORDS);
    if (words.length < WORDS) {
      throw damaged(place, number, "ADDRESS/BITS UNTIL WHY", line);
    }
    try {
      AddressBlock block = AddressBlock.parse(words[0]);
      if (!block.equals(AddressBlock.ofAddress(block.first()))) {
        throw damaged(place, number, "/32 of an IPv4 or /64 of an IPv6 address", words[0]);
      }
      return new Ban(block.first(), block.bits(), Instant.parse(words[1]), cut(words[2]));
    } catch (IllegalArgumentException noAddress) {
      throw damaged(place, number, "an address like 203.0.113.7/32 or 2001:db8::/64", words[0]);
    } catch (DateTimeException noTime) {
      throw damaged(place, number, "a time like 2026-01-01T00:00:00Z", words[1]);
    }
  }

  /** What is longer would make the file longer than may be read. */
  static String cut(String why) {
    return why.length() > WHY_CHARACTERS ? why.substring(0, WHY_CHARACTERS) : why;
  }

  private static IOException damaged(String place, int line, String wanted, String found) {
    String shown = found.length() > 100 ? found.substring(0, 100) + "..." : found;
    return new IOException(
        place
            + " is damaged: line "
            + line
            + " should be "
            + wanted
            + ", but is '"
            + shown
            + "'; put it right or take it away");
  }
}
