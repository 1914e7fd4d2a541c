package bdk.p2p.simulator.remote;

import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.simulator.world.SerialLink;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Dials onward what a node has dialled, and joins the two connections. Event loop only. The time of
 * the way is that of TCP: the dial takes it once, its answer once more, and only then are the first
 * bytes on their way.
 *
 * <pre>
 *  node           relay                          other machine
 *   | -- dial ----> | ...... out ......> dial ------> |
 *   | -- bytes ---> | waits until out + back are over |
 *   |               | ...... out ...................> |
 *   | <------------ | <..... back ................... |
 * </pre>
 */
final class RelayDial {
  private static final int BIND_TRIES = 50;
  private static final AtomicInteger PORTS = new AtomicInteger();

  private final Route route;
  private final SystemEnvironment sockets;
  private final Map<Integer, Detour> detours;
  private final SerialLink outLink;
  private final SerialLink backLink;

  RelayDial(Route route, SystemEnvironment sockets, Map<Integer, Detour> detours) {
    this.route = route;
    this.sockets = sockets;
    this.detours = detours;
    this.outLink = new SerialLink(route.outBits());
    this.backLink = new SerialLink(route.backBits());
  }

  /** Takes a connection that the node has dialled; it reads nothing yet. */
  void onward(Channel near) {
    long accepted = System.nanoTime();
    near.eventLoop()
        .schedule(() -> dial(near, accepted, BIND_TRIES), latency(true), TimeUnit.NANOSECONDS);
  }

  private void dial(Channel near, long accepted, int triesLeft) {
    RelayFlow out = new RelayFlow(near, () -> latency(true), outLink);
    RelayFlow back = new RelayFlow(() -> latency(false), backLink);
    ChannelFuture dialled =
        sockets
            .clientBootstrap()
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel far) {
                    back.from(far, near);
                    out.to(far);
                    far.pipeline().addLast(back);
                  }
                })
            .localAddress(new InetSocketAddress(nextPort()))
            .remoteAddress(new InetSocketAddress(route.address(), ControlPorts.NODE))
            .connect();
    dialled.addListener(done -> onDialled(near, dialled, out, accepted, triesLeft));
  }

  private void onDialled(
      Channel near, ChannelFuture dialled, RelayFlow out, long accepted, int triesLeft) {
    if (dialled.isSuccess()) {
      near.pipeline().addLast(out);
      long ready = accepted + latency(true) + latency(false) - System.nanoTime();
      near.eventLoop().schedule(() -> near.config().setAutoRead(true), ready, TimeUnit.NANOSECONDS);
    } else if (isPortTaken(dialled.cause()) && triesLeft > 0) {
      dial(near, accepted, triesLeft - 1);
    } else {
      near.eventLoop().schedule(() -> RelayFlow.reset(near), latency(false), TimeUnit.NANOSECONDS);
    }
  }

  /** Another connection has it, perhaps of a former life; Netty wraps what the system says. */
  private static boolean isPortTaken(Throwable failure) {
    return failure instanceof BindException || failure.getCause() instanceof BindException;
  }

  /** How long something that leaves now takes, drawn anew each time. */
  private long latency(boolean isOut) {
    long least = isOut ? route.outNanos() : route.backNanos();
    long drawn =
        (long)
            (least
                * route.jitter()
                * java.util.concurrent.ThreadLocalRandom.current().nextDouble());
    long more = 0;
    for (Detour detour : detours.values()) {
      more += detour.nanos(route.to(), isOut);
    }
    return least + drawn + more;
  }

  /** The local port of the next dial. */
  static int nextPort() {
    int count = ControlPorts.DIAL_LAST - ControlPorts.DIAL_FIRST + 1;
    return ControlPorts.DIAL_FIRST + Math.floorMod(PORTS.getAndIncrement(), count);
  }
}
