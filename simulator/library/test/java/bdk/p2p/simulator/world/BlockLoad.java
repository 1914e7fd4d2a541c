package bdk.p2p.simulator.world;

import bdk.p2p.environment.Environment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures how fast worlds run, by hand: many bytes between some hosts, and many idle hosts. */
final class BlockLoad {
  private static final int BLOCK_BYTES = 500_000;

  private BlockLoad() {}

  /** Arguments: hosts, connections that each host dials, blocks sent on each connection and way. */
  public static void main(String[] arguments) {
    int hosts = Integer.parseInt(arguments[0]);
    int dials = Integer.parseInt(arguments[1]);
    int blocks = Integer.parseInt(arguments[2]);
    for (int repetition = 0; repetition < 3; repetition++) {
      blocks(hosts, dials, blocks);
    }
    idle(1_000);
  }

  static long blocks(int hosts, int dials, int blocks) {
    long start = System.nanoTime();
    try (Rig rig = new Rig(1, Rig.options())) {
      List<Host> machines = new ArrayList<>();
      List<Environment> processes = new ArrayList<>();
      List<Counter> counters = new ArrayList<>();
      for (int n = 0; n < hosts; n++) {
        Host host = rig.world.host(Rig.ip(n), 100_000_000, 300_000_000);
        Environment process = host.environment();
        Counter counter = new Counter();
        rig.listen(process, counter);
        machines.add(host);
        processes.add(process);
        counters.add(counter);
      }
      for (int n = 0; n < hosts; n++) {
        for (int d = 1; d <= dials; d++) {
          Host to = machines.get((n + d) % hosts);
          InetSocketAddress address = new InetSocketAddress(to.address(), Rig.PORT);
          rig.dial(processes.get(n), address, counters.get(n), 10_000);
        }
      }
      rig.runMillis(1_000);
      byte[] block = Rig.randomBytes(BLOCK_BYTES);
      for (int b = 0; b < blocks; b++) {
        counters.forEach(each -> each.channels.forEach(to -> to.writeAndFlush(Rig.buffer(block))));
        rig.runMillis(10_000);
      }
      rig.runMillis(60_000);
      long bytes = counters.stream().mapToLong(each -> each.byteCount).sum();
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf(
          "%d hosts, %d connections, %d MB in %d ms, %d events, %s%n",
          hosts,
          hosts * dials,
          bytes / 1_000_000,
          millis,
          rig.world.eventCount(),
          rig.world.digest());
      return bytes;
    }
  }

  static void idle(int hosts) {
    long start = System.nanoTime();
    try (Rig rig = new Rig(1, Rig.options())) {
      long[] ticks = new long[1];
      for (int n = 0; n < hosts; n++) {
        rig.host(n)
            .environment()
            .eventLoops()
            .scheduleAtFixedRate(() -> ticks[0]++, n, 1_000, TimeUnit.MILLISECONDS);
      }
      rig.runMillis(3_600_000);
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf("%d idle hosts, 1 h, %d ticks in %d ms%n", hosts, ticks[0], millis);
    }
  }

  private static final class Counter extends ChannelInboundHandlerAdapter {
    private final List<Channel> channels = new ArrayList<>();
    private long byteCount;

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channels.add(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      byteCount += bytes.readableBytes();
      bytes.release();
    }
  }
}
