package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.SimulatedNode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Ways to get a bug into a node. No state. */
final class Plants {
  static final Predicate<SimulatedNode> EVERYBODY = node -> true;

  private Plants() {}

  /** The one that most bugs strike. */
  static Predicate<SimulatedNode> one() {
    return node -> node.id().equals(SmallNetwork.STRUCK);
  }

  /** Spoils some of the frames that these nodes write. */
  static NodeHook frames(
      Predicate<SimulatedNode> who,
      Predicate<ByteBuf> which,
      BiConsumer<ChannelHandlerContext, ByteBuf> how) {
    return handlers(
        who,
        () ->
            new FrameTap() {
              @Override
              boolean concerns(ByteBuf frame) {
                return which.test(frame);
              }

              @Override
              void onFrame(ChannelHandlerContext context, ByteBuf frame) {
                how.accept(context, frame);
              }
            });
  }

  /** A handler on every connection of these nodes. */
  static NodeHook handlers(Predicate<SimulatedNode> who, Supplier<ChannelHandler> handler) {
    return environments(who, real -> new TappedEnvironment(real, handler));
  }

  /** Another environment for these nodes. */
  static NodeHook environments(
      Predicate<SimulatedNode> who, UnaryOperator<Environment> environment) {
    return new NodeHook() {
      @Override
      public Environment environment(SimulatedNode node, Environment real) {
        return who.test(node) ? environment.apply(real) : real;
      }
    };
  }

  /** Something that these nodes do once when they start. */
  static NodeHook atStart(Predicate<SimulatedNode> who, Consumer<Environment> action) {
    return environments(
        who,
        real -> {
          action.accept(real);
          return real;
        });
  }

  /** Other bounds than the scenario says for the struck node. */
  static NodeHook options(Consumer<ManagerOptions.Builder> change) {
    return new NodeHook() {
      @Override
      public void build(SimulatedNode node, ManagerBuilder builder) {
        if (one().test(node)) {
          ManagerOptions.Builder options = SmallNetwork.options();
          change.accept(options);
          builder.options(options.build());
        }
      }
    };
  }
}
