package bdk.p2p.simulator.world;

import bdk.p2p.environment.Environment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Some hosts that dial, send, relay, stop reading, hang up, crash and come back at random, with
 * jitter and limited bandwidth. {@code main} prints the digest of a seed, to compare JVMs.
 */
final class RandomTraffic {
  private static final int HOSTS = 12;

  private final Rig rig;
  private final RandomGenerator random;
  private final List<Node> nodes = new ArrayList<>();

  private RandomTraffic(long seed) {
    rig = new Rig(seed, WorldOptions.defaults().withLatency(new Distances()));
    random = rig.world.random("traffic");
  }

  /** Prints digest and event count for each of the seeds. */
  public static void main(String[] seeds) {
    for (String seed : seeds) {
      System.out.println(seed + " " + digest(Long.parseLong(seed)));
    }
  }

  static String digest(long seed) {
    RandomTraffic traffic = new RandomTraffic(seed);
    try (Rig rig = traffic.rig) {
      traffic.run();
      return rig.world.digest() + " " + rig.world.eventCount();
    }
  }

  private void run() {
    for (int n = 0; n < HOSTS; n++) {
      nodes.add(new Node(rig.world.host(Rig.ip(n), 50_000_000, 100_000_000)));
    }
    nodes.forEach(Node::start);
    for (int round = 0; round < 300; round++) {
      Node node = nodes.get(random.nextInt(HOSTS));
      switch (random.nextInt(20)) {
        case 0 -> node.crashOrRestart();
        case 1 -> node.hangUp();
        case 2 -> node.toggleReading();
        case 3, 4, 5, 6 -> node.dial(nodes.get(random.nextInt(HOSTS)).host);
        default -> node.send(1 + random.nextInt(random.nextInt(4) == 0 ? 300_000 : 2_000));
      }
      rig.runMillis(random.nextInt(100));
    }
    rig.runMillis(60_000);
  }

  private final class Node {
    private final Host host;
    private Environment process;
    private ChannelGroup channels;

    private Node(Host host) {
      this.host = host;
    }

    private void start() {
      process = host.environment();
      channels = new DefaultChannelGroup("node", process.eventLoops().next());
      rig.listen(process, pipeline());
    }

    private ChannelHandler pipeline() {
      return new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {
          channel
              .pipeline()
              .addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4))
              .addLast(new LengthFieldPrepender(4))
              .addLast(new IdleStateHandler(5, 0, 0, TimeUnit.SECONDS))
              .addLast(new Relay(channels));
        }
      };
    }

    private void dial(Host to) {
      if (host.isUp()) {
        rig.dial(process, new InetSocketAddress(to.address(), Rig.PORT), pipeline(), 2_000);
      }
    }

    private void send(int byteCount) {
      if (host.isUp()) {
        channels.writeAndFlush(Rig.buffer(Rig.randomBytes(byteCount)));
      }
    }

    private void hangUp() {
      if (host.isUp()) {
        channels.stream().findFirst().ifPresent(Channel::close);
      }
    }

    private void toggleReading() {
      if (host.isUp()) {
        channels.forEach(each -> each.config().setAutoRead(!each.config().isAutoRead()));
      }
    }

    private void crashOrRestart() {
      if (host.isUp()) {
        host.crash();
      } else {
        host.restart();
        start();
      }
    }
  }

  /** Passes short messages on to a neighbour, shorter by half. */
  private static final class Relay extends SimpleChannelInboundHandler<ByteBuf> {
    private final ChannelGroup channels;

    private Relay(ChannelGroup channels) {
      this.channels = channels;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channels.add(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      int half = message.readableBytes() / 2;
      if (half > 0) {
        channels.stream()
            .filter(each -> each != context.channel())
            .sorted()
            .findFirst()
            .ifPresent(each -> each.writeAndFlush(message.retainedSlice(0, half)));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.writeAndFlush(context.alloc().buffer().writeByte(0));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class Distances implements Latency {
    @Override
    public long minimumNanos(Host from, Host to) {
      return (1 + Math.abs(from.index() - to.index())) * Rig.MILLI;
    }

    @Override
    public long jitterNanos(Host from, Host to, RandomGenerator random) {
      return random.nextLong(5 * Rig.MILLI);
    }
  }
}
