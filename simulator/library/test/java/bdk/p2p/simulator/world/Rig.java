package bdk.p2p.simulator.world;

import bdk.p2p.environment.Environment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;

/** A world with a few hosts, and short words for what tests do with them. */
final class Rig implements AutoCloseable {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;
  static final int PORT = 7000;

  final World world;
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

  Rig(long seed, WorldOptions options) {
    world = new World(seed, options);
  }

  /** 10 ms everywhere, no jitter, unlimited links. */
  Rig() {
    this(1, options());
  }

  static WorldOptions options() {
    return WorldOptions.defaults().withLatency(Latency.fixed(10 * MILLI));
  }

  Host host(int number) {
    return world.host(ip(number));
  }

  Channel listen(Environment at, ChannelHandler child) {
    ChannelFuture bound =
        at.serverBootstrap()
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(child)
            .bind(new InetSocketAddress(PORT));
    world.runUntil(world.now());
    if (!bound.isSuccess()) {
      throw new AssertionError("not bound", bound.cause());
    }
    return bound.channel();
  }

  ChannelFuture dial(Environment from, Host to, ChannelHandler handler) {
    return dial(from, new InetSocketAddress(to.address(), PORT), handler, 30_000);
  }

  ChannelFuture dial(
      Environment from, InetSocketAddress to, ChannelHandler handler, int limitMillis) {
    return from.clientBootstrap()
        .handler(handler)
        .option(ChannelOption.ALLOCATOR, allocator)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limitMillis)
        .connect(to);
  }

  /** A listening recorder on one host, a dialling one on another, connected. */
  Pair pair(Host dialler, Host acceptor) {
    Pair pair = new Pair();
    listen(acceptor.environment(), pair.acceptor);
    dial(dialler.environment(), acceptor, pair.dialler);
    for (int steps = 0; pair.dialler.channel == null; steps++) {
      if (steps == 1_000 || !world.step(Long.MAX_VALUE)) {
        throw new AssertionError("never connected");
      }
    }
    return pair;
  }

  void runMillis(long millis) {
    world.runUntil(world.now() + millis * MILLI);
  }

  /** Whether something happens at an instant: not just before, but then. */
  static void assertHappensAt(World world, long nanos, java.util.function.BooleanSupplier event) {
    world.runUntil(nanos - 1);
    if (event.getAsBoolean()) {
      throw new AssertionError("happened before " + nanos);
    }
    world.runUntil(nanos);
    if (!event.getAsBoolean()) {
      throw new AssertionError("did not happen at " + nanos);
    }
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  static ByteBuf buffer(byte[] bytes) {
    return Unpooled.wrappedBuffer(bytes);
  }

  static InetAddress ip(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Closes the world, which must release every buffer that its channels have allocated. */
  @Override
  public void close() {
    world.close();
    long kept = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    if (kept != 0) {
      throw new AssertionError(kept + " bytes were not released");
    }
  }

  static final class Pair {
    final Recorder dialler = new Recorder();
    final Recorder acceptor = new Recorder();
  }
}
