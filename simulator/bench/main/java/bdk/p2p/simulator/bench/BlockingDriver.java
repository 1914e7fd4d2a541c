package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A blocking socket that dials; a thread reads the answers. */
final class BlockingDriver implements Driver {
  private final Map<Long, Runnable> open = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final BlockingFrames frames;
  private final Thread reader;

  BlockingDriver(int port) throws IOException {
    frames = new BlockingFrames(new Socket(InetAddress.getLoopbackAddress(), port));
    reader = Worker.start("reading", this::read);
  }

  private void read() throws IOException {
    while (true) {
      frames.read();
      open.remove(frames.id()).run();
      if (frames.isDrained()) {
        frames.flush();
      }
    }
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    long id = lastId.incrementAndGet();
    open.put(id, answered);
    try {
      frames.write(NettyFrames.REQUEST, id, payload);
      if (Thread.currentThread() != reader) {
        frames.flush();
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws IOException {
    while (goesOn.getAsBoolean()) {
      frames.write(NettyFrames.NOTIFICATION, 0, payload);
    }
    frames.flush();
  }

  @Override
  public void close() {
    // Its threads end with the process.
  }
}
