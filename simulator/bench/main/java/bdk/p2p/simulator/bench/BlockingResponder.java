package bdk.p2p.simulator.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** Blocking sockets that are dialled; a thread for each. */
final class BlockingResponder implements Responder {
  private static final int BACKLOG = 16;

  private final LongAdder received = new LongAdder();
  private final LongAdder sessions = new LongAdder();
  private final ServerSocket listener;

  BlockingResponder() throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Worker.start("accepting", this::accept);
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      sessions.increment();
      Worker.start("answering", () -> answer(new BlockingFrames(socket)));
    }
  }

  private void answer(BlockingFrames frames) throws IOException {
    try {
      while (true) {
        byte[] payload = frames.read();
        if (frames.type() == NettyFrames.REQUEST) {
          frames.write(NettyFrames.ANSWER, frames.id(), payload);
          if (frames.isDrained()) {
            frames.flush();
          }
        } else {
          received.increment();
        }
      }
    } catch (EOFException end) {
      sessions.decrement(); // the driver has gone
    }
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public long received() {
    return received.sum();
  }

  @Override
  public int sessions() {
    return sessions.intValue();
  }

  @Override
  public void close() {
    // Its threads end with the process.
  }
}
