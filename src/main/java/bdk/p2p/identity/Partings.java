package bdk.p2p.identity;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The connections of a node on which refused peers hear why: no session knows of them any more.
 * Guarded by this; at most {@link #MOST} at a time.
 */
final class Partings {
  private static final int MOST = 64;

  private final Map<Channel, ChannelHandlerContext> open = new LinkedHashMap<>();
  private boolean ended;

  /** Notes a connection until it is closed; false if there are too many, or the node stops. */
  boolean begin(ChannelHandlerContext context) {
    synchronized (this) {
      if (ended || open.size() >= MOST) {
        return false;
      }
      open.put(context.channel(), context);
    }
    context.channel().closeFuture().addListener(closed -> forget(context.channel()));
    return true;
  }

  private synchronized void forget(Channel channel) {
    open.remove(channel);
  }

  /** Closes them all, and lets no more begin; done when all are closed. Any thread. */
  CompletableFuture<Void> end() {
    List<ChannelHandlerContext> left;
    synchronized (this) {
      ended = true;
      left = new ArrayList<>(open.values());
    }
    List<CompletableFuture<Void>> closings = new ArrayList<>();
    for (ChannelHandlerContext context : left) {
      CompletableFuture<Void> closing = new CompletableFuture<>();
      context.channel().closeFuture().addListener(closed -> closing.complete(null));
      context.close();
      closings.add(closing);
    }
    return CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new));
  }
}
