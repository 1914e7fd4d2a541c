package bdk.p2p.simulator.hostile;

import bdk.p2p.environment.Environment;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One hostile peer on a host of its own, from its beginning to its end: all its connections and
 * listening sockets, and the pace at which it comes again when it is thrown out. Any thread;
 * guarded by this.
 */
public final class Attack {
  /** Where it listens, and the first port that it announces. */
  static final int PORT = 7000;

  private static final int CONNECT_LIMIT_MILLIS = 5_000;
  private static final int RETURN_MILLIS = 1_000;
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Environment environment;
  private final InetAddress own;
  private final InetSocketAddress target;
  private final Runnable onBite;
  private final Set<Channel> channels = new LinkedHashSet<>();
  private boolean over;

  private Attack(
      Environment environment, InetAddress own, InetSocketAddress target, Runnable onBite) {
    this.environment = environment;
    this.own = own;
    this.target = target;
    this.onBite = onBite;
  }

  /**
   * Begins.
   *
   * @param behaviour one of {@link Behaviours#names}
   * @param environment of a host that has nothing else to do; the attack closes it at its end
   * @param own the address of that host
   * @param target where the node listens that it turns against
   * @param onBite called each time it has done what it is for, by any thread
   * @throws IllegalArgumentException if there is no such behaviour
   */
  public static Attack begin(
      String behaviour,
      Environment environment,
      InetAddress own,
      InetSocketAddress target,
      Runnable onBite) {
    Attack attack = new Attack(environment, own, target, onBite);
    Behaviours.named(behaviour).begin(attack);
    return attack;
  }

  /** Ends: closes all that it has, and its environment. Never from a thread of the environment. */
  public void end() {
    List<Channel> open;
    synchronized (this) {
      over = true;
      open = new ArrayList<>(channels);
    }
    open.forEach(Channel::close);
    environment.close(END_LIMIT);
  }

  InetAddress own() {
    return own;
  }

  InetSocketAddress target() {
    return target;
  }

  RandomGenerator random() {
    return environment.random();
  }

  void bit() {
    onBite.run();
  }

  /** Keeps one connection to the target: when it is gone, it comes again a second later. */
  void keepCalling(Supplier<? extends ChannelHandler> calls) {
    ChannelFuture dial = dial(calls.get());
    if (dial != null) {
      dial.channel().closeFuture().addListener(done -> comeAgain(calls));
    }
  }

  /** Dials the target once; null if it is over. */
  synchronized ChannelFuture dial(ChannelHandler handler) {
    if (over) {
      return null;
    }
    ChannelFuture dial =
        environment
            .clientBootstrap()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MILLIS)
            .handler(handler)
            .connect(target);
    keep(dial.channel());
    return dial;
  }

  private synchronized void comeAgain(Supplier<? extends ChannelHandler> calls) {
    if (!over) {
      environment
          .eventLoops()
          .next()
          .schedule(() -> keepCalling(calls), RETURN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Listens on a port of its own host. */
  synchronized void listen(int port, Supplier<? extends ChannelHandler> calls) {
    ChannelFuture bind =
        environment
            .serverBootstrap()
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    take(accepted, calls.get());
                  }
                })
            .bind(new InetSocketAddress(own, port));
    keep(bind.channel());
  }

  private synchronized void take(Channel accepted, ChannelHandler handler) {
    if (over) {
      accepted.close();
    } else {
      keep(accepted);
      accepted.pipeline().addLast(handler);
    }
  }

  private synchronized void keep(Channel channel) {
    channels.add(channel);
    channel.closeFuture().addListener(done -> forget(channel));
  }

  private synchronized void forget(Channel channel) {
    channels.remove(channel);
  }
}
