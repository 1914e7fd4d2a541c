package bdk.p2p.simulator.hostile;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;

/**
 * A peer that names one address, its own with the port of the node, which leads back to the node:
 * whatever comes in there is passed on to the node, and back.
 */
final class Mirror implements Behaviour {
  @Override
  public void begin(Attack attack) {
    int port = attack.target().getPort();
    attack.listen(port, () -> new Incoming(attack));
    attack.keepCalling(
        () ->
            new Call(attack) {
              @Override
              void connected() {
                send(Frames.handshake(port + 1));
              }

              @Override
              void received(FrameReader.Head frame) {
                if (asksForNodes(frame)) {
                  send(Frames.nodes(frame.id(), List.of(new Frames.Address(attack.own(), port))));
                } else {
                  answerPing(frame);
                }
              }
            });
  }

  /** Passes on what it reads, and its end. */
  private static class PassOn extends ChannelInboundHandlerAdapter {
    protected Channel to;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      to.writeAndFlush(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (to != null) {
        to.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** What came in; reads nothing until it has somewhere to pass it on to. */
  private static final class Incoming extends PassOn {
    private final Attack attack;

    private Incoming(Attack attack) {
      this.attack = attack;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel here = context.channel();
      here.config().setAutoRead(false);
      PassOn back = new PassOn();
      back.to = here;
      ChannelFuture dial = attack.dial(back);
      if (dial == null) {
        here.close();
        return;
      }
      to = dial.channel();
      dial.addListener(
          done -> {
            if (done.isSuccess()) {
              attack.bit();
              here.config().setAutoRead(true);
            } else {
              here.close();
            }
          });
    }
  }
}
