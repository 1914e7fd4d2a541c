package bdk.p2p.simulator.world;

import io.netty.channel.ChannelId;
import java.util.HexFormat;

/** A channel's number in its world: the same in every run, unlike the usual ids. */
record SimChannelId(long number) implements ChannelId {
  @Override
  public String asShortText() {
    return HexFormat.of().toHexDigits(number, 8);
  }

  @Override
  public String asLongText() {
    return HexFormat.of().toHexDigits(number);
  }

  @Override
  public int compareTo(ChannelId other) {
    return other instanceof SimChannelId same
        ? Long.compare(number, same.number)
        : asLongText().compareTo(other.asLongText());
  }

  @Override
  public String toString() {
    return asShortText();
  }
}
