package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.VirtualBackend;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A few machines, 10 ms apart, that listen and dial, and faults that strike them. */
final class FaultRig implements AutoCloseable {
  static final long MILLI = 1_000_000;
  static final long LATENCY = 10 * MILLI;

  private static final int PORT = 7000;
  private static final Distances NEAR =
      new Distances() {
        @Override
        public double latencyMillis(int from, int to) {
          return 10;
        }

        @Override
        public double jitter() {
          return 0;
        }

        @Override
        public long bitsPerSecond(int from, int to) {
          return 0;
        }
      };

  final VirtualBackend backend = new VirtualBackend(1, NEAR);
  private final List<Machine> machines = new ArrayList<>();
  private final List<Environment> environments = new ArrayList<>();
  private final List<End> accepted = new ArrayList<>();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

  FaultRig(int count) {
    for (int index = 0; index < count; index++) {
      machines.add(backend.machine(new MachineSpec(index, 0, 0)));
      environments.add(machines.get(index).environment());
      environments
          .get(index)
          .serverBootstrap()
          .childOption(ChannelOption.ALLOCATOR, allocator)
          .childHandler(new Acceptor())
          .bind(new InetSocketAddress(PORT));
    }
    backend.runUntil(now(), () -> {});
  }

  long now() {
    return backend.nowNanos();
  }

  void runMillis(long millis) {
    backend.runUntil(now() + millis * MILLI, () -> {});
  }

  Machine machine(int index) {
    return machines.get(index);
  }

  /** Dials; nothing has moved yet. */
  Dial dial(int from, int to) {
    return dial(from, to, 5_000);
  }

  Dial dial(int from, int to, int limitMillis) {
    End end = new End();
    ChannelFuture future =
        environments
            .get(from)
            .clientBootstrap()
            .handler(end)
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limitMillis)
            .connect(new InetSocketAddress(machines.get(to).address(), PORT));
    return new Dial(future, end);
  }

  /** A connection with nothing under way. */
  Line line(int from, int to) {
    Dial dial = dial(from, to);
    runMillis(1_000);
    if (!dial.future.isSuccess()) {
      throw new AssertionError("not connected", dial.future.cause());
    }
    return new Line(dial.end, accepted.get(accepted.size() - 1));
  }

  /** Lets a fault begin now. */
  Struck strike(Fault fault, Integer... victims) {
    Struck struck = new Struck(fault, new TreeSet<>(List.of(victims)), 7);
    fault.begin(struck);
    return struck;
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  /** In how many bits two of one length differ. */
  static int differentBits(byte[] one, byte[] other) {
    assertEquals(one.length, other.length);
    BitSet difference = BitSet.valueOf(one);
    difference.xor(BitSet.valueOf(other));
    return difference.cardinality();
  }

  /** Closes the world, which must release every buffer of its channels. */
  @Override
  public void close() {
    backend.close();
    long kept = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    if (kept != 0) {
      throw new AssertionError(kept + " bytes were not released");
    }
  }

  record Dial(ChannelFuture future, End end) {}

  record Line(End dialler, End acceptor) {
    boolean isOpen() {
      return dialler.channel.isOpen() && acceptor.channel.isOpen();
    }
  }

  /** One end of a connection, and what it got when. */
  final class End extends ChannelInboundHandlerAdapter {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<String> failures = new ArrayList<>();
    final TreeMap<Integer, Long> arrivals = new TreeMap<>();
    Channel channel;

    void send(byte[] sent) {
      channel.writeAndFlush(Unpooled.wrappedBuffer(sent));
    }

    void send(int count) {
      send(bytes(count));
    }

    byte[] got() {
      return bytes.toByteArray();
    }

    /** When so many bytes were there. */
    long gotAt(int count) {
      return arrivals.ceilingEntry(count).getValue();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf chunk = (ByteBuf) message;
      byte[] part = new byte[chunk.readableBytes()];
      chunk.readBytes(part).release();
      bytes.writeBytes(part);
      arrivals.put(bytes.size(), now());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failures.add(cause.getMessage());
    }
  }

  @ChannelHandler.Sharable
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRegistered(ChannelHandlerContext context) {
      End end = new End();
      accepted.add(end);
      context.pipeline().addLast(end);
      context.fireChannelRegistered();
    }
  }

  /** What the driver of a run would give a fault. */
  final class Struck implements FaultContext {
    final Fault fault;
    final List<String> orders = new ArrayList<>();
    final List<Duration> skews = new ArrayList<>();
    private final Set<Integer> victims;
    private final RandomGenerator random;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    private final Set<Integer> down = new LinkedHashSet<>();
    long untilNanos = Long.MAX_VALUE;
    int bites;

    Struck(Fault fault, Set<Integer> victims, long seed) {
      this.fault = fault;
      this.victims = victims;
      this.random = new SplittableRandom(seed);
    }

    void end() {
      rules.forEach(backend.rules()::remove);
      endings.forEach(Runnable::run);
      fault.end(this);
    }

    @Override
    public Set<Integer> victims() {
      return victims;
    }

    @Override
    public long untilNanos() {
      return untilNanos;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public void rule(Rule rule) {
      rules.add(rule);
      backend.rules().add(rule);
    }

    @Override
    public int cut(RuleBook.EndsFilter ends) {
      return backend.rules().cut(ends);
    }

    @Override
    public void atEnd(Runnable action) {
      endings.add(action);
    }

    @Override
    public NodeControl nodes() {
      return new Orders();
    }

    @Override
    public void bit() {
      bites++;
    }

    /** Writes orders down. */
    private final class Orders implements NodeControl {
      @Override
      public boolean pause(int node) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void resume(int node) {
        throw new UnsupportedOperationException();
      }

      private boolean leave(String how, int node) {
        orders.add(how + " " + node);
        return down.add(node);
      }

      @Override
      public boolean powerOff(int node) {
        return leave("crash", node);
      }

      @Override
      public boolean kill(int node) {
        return leave("kill", node);
      }

      @Override
      public boolean stop(int node) {
        return leave("stop", node);
      }

      @Override
      public boolean start(int node, boolean persisted) {
        orders.add("start " + node + (persisted ? " persisted" : ""));
        return down.remove(node);
      }

      @Override
      public void skewClock(int node, Duration offset) {
        skews.add(offset);
        machines.get(node).skewClock(offset);
      }

      @Override
      public Runnable attack(int target, String behaviour, Runnable onBite) {
        orders.add("attack " + target + " " + behaviour);
        onBite.run();
        return () -> orders.add("end " + target);
      }
    }
  }
}
