package bdk.p2p.simulator.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.Rule;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A loopback backend with a few machines, and short words for what tests do with them. */
final class LoopbackRig implements AutoCloseable {
  static final int PORT = 7000;
  static final long MILLI = 1_000_000;

  final LoopbackBackend backend;
  final BlockingQueue<Wire> accepted = new LinkedBlockingQueue<>();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final List<Environment> processes = new ArrayList<>();
  private int machines;

  /** The latency between any two machines, and how wide the way is. */
  record Everywhere(double latencyMillis, double jitter, long bitsPerSecond) implements Distances {
    @Override
    public double latencyMillis(int from, int to) {
      return latencyMillis;
    }

    @Override
    public long bitsPerSecond(int from, int to) {
      return bitsPerSecond;
    }
  }

  LoopbackRig(Distances distances) {
    backend = new LoopbackBackend(1, distances);
  }

  LoopbackRig(double latencyMillis) {
    this(new Everywhere(latencyMillis, 0, 0));
  }

  Machine machine() {
    return machine(0, 0);
  }

  Machine machine(long download, long upload) {
    return backend.machine(new MachineSpec(machines++, download, upload));
  }

  Environment process(Machine machine) {
    Environment process = machine.environment();
    processes.add(process);
    return process;
  }

  /** Accepted ends are in {@link #accepted}. */
  Channel listen(Environment at) {
    return listen(at, true);
  }

  Channel listen(Environment at, boolean reads) {
    String own = at.localAddresses().iterator().next().getHostAddress();
    return at.serverBootstrap()
        .childOption(ChannelOption.ALLOCATOR, allocator)
        .childOption(ChannelOption.AUTO_READ, reads)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                Wire wire = new Wire();
                channel.pipeline().addLast(wire);
                accepted.add(wire);
              }
            })
        .bind(new InetSocketAddress(own, PORT))
        .syncUninterruptibly()
        .channel();
  }

  ChannelFuture dial(Environment from, Machine to, Wire wire, int limitMillis) {
    return from.clientBootstrap()
        .option(ChannelOption.ALLOCATOR, allocator)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limitMillis)
        .handler(wire)
        .connect(new InetSocketAddress(to.address(), PORT));
  }

  Wire dial(Environment from, Machine to) {
    Wire wire = new Wire();
    dial(from, to, wire, 20_000);
    Await.until("the connection", wire::isOpen);
    return wire;
  }

  Wire nextAccepted() {
    try {
      Wire wire = accepted.poll(20, TimeUnit.SECONDS);
      if (wire == null) {
        throw new AssertionError("nobody came");
      }
      Await.until("the accepted connection", wire::isOpen);
      return wire;
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** Two machines of which the first has dialled the second. */
  Pair pair() {
    return pair(true);
  }

  Pair pair(boolean acceptorReads) {
    Machine one = machine();
    Machine other = machine();
    Environment from = process(one);
    listen(process(other), acceptorReads);
    Wire dialler = dial(from, other);
    return new Pair(one, other, dialler, nextAccepted());
  }

  record Pair(Machine from, Machine to, Wire dialler, Wire acceptor) {}

  ChannelFuture send(Wire wire, byte[] bytes) {
    ByteBuf buffer = allocator.heapBuffer(bytes.length).writeBytes(bytes);
    return wire.channel().writeAndFlush(buffer);
  }

  /** From now on, something of a kind between two machines gets this fate. */
  Rule rule(Passage.Kind kind, Machine from, Machine to, Fate fate) {
    return rule(passage -> passage.kind() == kind && isBetween(passage, from, to), fate);
  }

  /** From now on, everything from one machine to another gets this fate. */
  Rule rule(Machine from, Machine to, Fate fate) {
    return rule(passage -> isBetween(passage, from, to), fate);
  }

  private Rule rule(java.util.function.Predicate<Passage> which, Fate fate) {
    Rule rule = passage -> which.test(passage) ? fate : Fate.PASS;
    backend.rules().add(rule);
    return rule;
  }

  private static boolean isBetween(Passage passage, Machine from, Machine to) {
    return passage.from() == ((LoopbackMachine) from).index()
        && passage.to() == ((LoopbackMachine) to).index();
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /** How much memory its channels hold. */
  long heldBytes() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  /** Closes the backend, which must end every thread and release every buffer. */
  @Override
  public void close() {
    backend.close();
    Await.noThreads();
    assertEquals(0, heldBytes(), "bytes were not released");
    for (Environment process : processes) {
      assertEquals(true, process.eventLoops().isTerminated());
    }
  }
}
