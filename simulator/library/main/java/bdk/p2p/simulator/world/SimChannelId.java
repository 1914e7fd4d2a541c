package bdk.p2p.simulator.world;

import io.netty.channel.ChannelId;

/** A channel's number in its world: the same in every run, unlike the usual ids. */
record SimChannelId(long number) implements ChannelId {
  @Override
  public String asShortText() {
    return "%08x".formatted(number);
  }

  @Override
  public String asLongText() {
    return "%016x".formatted(number);
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
