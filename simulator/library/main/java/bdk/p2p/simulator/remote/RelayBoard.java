package bdk.p2p.simulator.remote;

import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The relays of one machine: for each other machine a socket on the loopback address, to which what
 * the node dials there is led, and from which it goes on as late as the way between the two takes.
 * Both directions of a connection pass the relay of whoever dialled. Any thread; one event loop
 * moves all bytes.
 */
final class RelayBoard implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Map<Integer, Detour> detours = new ConcurrentHashMap<>();
  private final List<Channel> doors = new ArrayList<>();
  private SystemEnvironment sockets;

  /** Opens a relay for each route. Once. */
  synchronized void set(List<Route> routes) {
    if (sockets != null) {
      throw new IllegalStateException("the routes are set already");
    }
    sockets = new SystemEnvironment("bdk-relay", Transport.NIO, 1, 1);
    for (Route route : routes) {
      doors.add(open(route));
    }
  }

  private Channel open(Route route) {
    RelayDial dial = new RelayDial(route, sockets, detours);
    var bound =
        sockets
            .serverBootstrap()
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    dial.onward(accepted);
                  }
                })
            .bind(
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), ControlPorts.RELAY_FIRST + route.to()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          new java.io.IOException("no relay to " + route.address(), bound.cause()));
    }
    return bound.channel();
  }

  /** A fault begins that delays. Told a second time it goes on as it was, with what it counts. */
  void delay(int fault, Detour detour) {
    detours.putIfAbsent(fault, detour);
  }

  /** A fault that delays is over; how often it did is known on. */
  void straight(int fault) {
    detours.computeIfPresent(
        fault,
        (number, detour) ->
            new Detour(java.util.Set.of(), java.util.Set.of(), 0, 0, detour.count()));
  }

  /** How often each fault has delayed something. */
  Map<Integer, Long> delayed() {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    detours.forEach((fault, detour) -> counts.put(fault, detour.count().get()));
    return counts;
  }

  @Override
  public synchronized void close() {
    doors.forEach(Channel::close);
    if (sockets != null) {
      sockets.close(END_LIMIT);
    }
  }
}
