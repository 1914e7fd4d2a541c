package bdk.p2p.simulator.properties;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.SimulatedNode;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A bug beneath a node: each frame that the node writes may be written as often as the bug likes. A
 * write is a whole frame, or the three bytes of the handshake.
 */
abstract class FrameTap implements NodeHook {
  static final int ANSWER = 1;
  static final int BROADCAST = 2;
  static final int NOTIFICATION = 3;
  private static final int TYPE_OFFSET = 8;
  private static final int COMMAND_OFFSET = 17;
  private static final int PAYLOAD_OFFSET = 19;

  /** How often to write a frame; 1 for what is none of the bug's business. */
  abstract int copies(SimulatedNode node, int type, int command, int payloadBytes);

  @Override
  public Environment environment(SimulatedNode node, Environment real) {
    return (Environment)
        Proxy.newProxyInstance(
            Environment.class.getClassLoader(),
            new Class<?>[] {Environment.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "clientBootstrap" -> client(node, real.clientBootstrap());
                  case "serverBootstrap" -> server(node, real.serverBootstrap());
                  default -> passedOn(real, method, arguments);
                });
  }

  private static Object passedOn(Environment real, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  // A bootstrap takes its channel factory once: another one is made around the first one's.
  @SuppressWarnings({"unchecked", "deprecation"})
  private Bootstrap client(SimulatedNode node, Bootstrap real) {
    ChannelFactory<Channel> factory = (ChannelFactory<Channel>) real.config().channelFactory();
    return new Bootstrap()
        .group(real.config().group())
        .disableResolver()
        .channelFactory(() -> with(factory.newChannel(), new Tap(node)));
  }

  @SuppressWarnings({"unchecked", "deprecation"})
  private ServerBootstrap server(SimulatedNode node, ServerBootstrap real) {
    ChannelFactory<ServerChannel> factory =
        (ChannelFactory<ServerChannel>) (Object) real.config().channelFactory();
    return new ServerBootstrap()
        .group(real.config().group())
        .channelFactory(() -> with(factory.newChannel(), new Acceptor(node)));
  }

  private static <C extends Channel> C with(C channel, ChannelHandler handler) {
    channel.pipeline().addLast(handler);
    return channel;
  }

  private final class Acceptor extends ChannelInboundHandlerAdapter {
    private final SimulatedNode node;

    private Acceptor(SimulatedNode node) {
      this.node = node;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      context.fireChannelRead(with((Channel) child, new Tap(node)));
    }
  }

  private final class Tap extends ChannelOutboundHandlerAdapter {
    private final SimulatedNode node;

    private Tap(SimulatedNode node) {
      this.node = node;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ByteBuf frame = (ByteBuf) message;
      int copies = frame.readableBytes() < PAYLOAD_OFFSET ? 1 : copies(frame);
      for (int extra = 1; extra < copies; extra++) {
        context.write(frame.retainedDuplicate());
      }
      if (copies > 0) {
        context.write(frame, promise);
      } else {
        frame.release();
        promise.setSuccess();
      }
    }

    private int copies(ByteBuf frame) {
      int start = frame.readerIndex();
      return FrameTap.this.copies(
          node,
          frame.getByte(start + TYPE_OFFSET),
          frame.getUnsignedShort(start + COMMAND_OFFSET),
          frame.readableBytes() - PAYLOAD_OFFSET);
    }
  }
}
