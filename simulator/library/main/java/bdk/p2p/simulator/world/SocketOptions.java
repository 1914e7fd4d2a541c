package bdk.p2p.simulator.world;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of a channel: those that every channel has, and the usual ones of TCP sockets, which
 * are kept but, except {@code SO_LINGER} 0 and {@code SO_BACKLOG}, change nothing.
 */
final class SocketOptions extends DefaultChannelConfig {
  private static final Set<ChannelOption<?>> OF_SOCKETS =
      Set.of(
          ChannelOption.SO_BACKLOG,
          ChannelOption.SO_KEEPALIVE,
          ChannelOption.SO_LINGER,
          ChannelOption.SO_RCVBUF,
          ChannelOption.SO_REUSEADDR,
          ChannelOption.SO_SNDBUF,
          ChannelOption.TCP_NODELAY,
          ChannelOption.TCP_FASTOPEN_CONNECT,
          ChannelOption.IP_TOS);

  private final Map<ChannelOption<?>, Object> values = new HashMap<>();
  private final Runnable autoReadCleared;

  /** Runs the action when {@code autoRead} has been switched off. */
  SocketOptions(Channel channel, Runnable autoReadCleared) {
    super(channel);
    this.autoReadCleared = autoReadCleared;
  }

  /** The value of a numeric socket option, or what it is by default. */
  int number(ChannelOption<Integer> option, int byDefault) {
    return values.get(option) instanceof Integer value ? value : byDefault;
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    if (OF_SOCKETS.contains(option)) {
      validate(option, value);
      values.put(option, value);
      return true;
    }
    return super.setOption(option, value);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T getOption(ChannelOption<T> option) {
    return OF_SOCKETS.contains(option) ? (T) values.get(option) : super.getOption(option);
  }

  @Override
  public Map<ChannelOption<?>, Object> getOptions() {
    Map<ChannelOption<?>, Object> all = super.getOptions();
    all.putAll(values);
    return all;
  }

  @Override
  protected void autoReadCleared() {
    autoReadCleared.run();
  }
}
