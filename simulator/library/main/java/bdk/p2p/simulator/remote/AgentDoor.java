package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where an agent is called: hears each caller's first line on a thread of its own, and admits who
 * knows the token. The latest that was admitted is the controller; the line of the one before is
 * closed, so that a controller that hangs keeps nobody out. Of more than {@value #MOST_STRANGERS}
 * callers who have not said their line the longest there goes. Guarded by this.
 */
final class AgentDoor implements AutoCloseable {
  private static final int MOST_STRANGERS = 16;

  /** A token, and some words. */
  private static final int HELLO_BYTES = 4_096;

  private static final int BACKLOG = 16;
  private static final long LAST_ACCEPT_MILLIS = 1_000;

  private final ServerSocket door = new ServerSocket();
  private final String token;
  private final Duration helloLimit;
  private final Thread accepting = thread("bdk-agent-door", this::accept);
  private final Deque<ControlLine> strangers = new ArrayDeque<>();
  private ControlLine controller;
  private boolean isWaiting;
  private boolean isClosed;

  /**
   * Listens; nobody is heard before {@link #open}.
   *
   * @param helloLimit how long a caller may take for its whole first line
   * @throws IOException if it cannot
   */
  AgentDoor(InetSocketAddress where, String token, Duration helloLimit) throws IOException {
    this.token = token;
    this.helloLimit = helloLimit;
    door.setReuseAddress(true);
    door.bind(where, BACKLOG);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** Hears callers from now on. */
  void open() {
    accepting.start();
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for the next controller; null if this is closed. */
  synchronized ControlLine next() throws InterruptedException {
    while (!isWaiting && !isClosed) {
      wait();
    }
    isWaiting = false;
    return isClosed ? null : controller;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        ControlLine line = lineOf(socket);
        stranger(line);
        thread("bdk-agent-hello", () -> hear(line)).start();
      } catch (IOException gone) {
        // The next one, unless this was the end.
      }
    }
  }

  private static ControlLine lineOf(Socket socket) throws IOException {
    try {
      return new ControlLine(socket);
    } catch (IOException gone) {
      socket.close();
      throw gone;
    }
  }

  private void stranger(ControlLine line) {
    ControlLine longest = null;
    synchronized (this) {
      strangers.add(line);
      if (strangers.size() > MOST_STRANGERS) {
        longest = strangers.poll();
      }
    }
    if (longest != null) {
      longest.close();
    }
  }

  private void hear(ControlLine line) {
    try {
      JsonNode hello = line.read(HELLO_BYTES, helloLimit);
      if (hello != null && isWelcome(hello)) {
        admit(line);
        return;
      }
      line.send(ControlLine.saying("event", "refused-controller"));
    } catch (IOException gone) {
      // As good as refused.
    }
    forget(line);
    line.close();
  }

  private boolean isWelcome(JsonNode hello) {
    return hello.path("do").asText().equals("hello")
        && MessageDigest.isEqual(bytes(hello.path("token").asText()), bytes(token));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void admit(ControlLine line) {
    ControlLine over;
    synchronized (this) {
      strangers.remove(line);
      over = isClosed ? line : controller;
      controller = line;
      isWaiting = true;
      notifyAll();
    }
    if (over != null) {
      over.close();
    }
  }

  private synchronized void forget(ControlLine line) {
    strangers.remove(line);
  }

  /** Hears nobody any more, and its address is free; the controller keeps its line. */
  @Override
  public void close() {
    Deque<ControlLine> left;
    synchronized (this) {
      isClosed = true;
      left = new ArrayDeque<>(strangers);
      strangers.clear();
      notifyAll();
    }
    left.forEach(ControlLine::close);
    try {
      door.close();
      // The system keeps the address until the last call has returned.
      accepting.join(LAST_ACCEPT_MILLIS);
    } catch (IOException gone) {
      // As good as closed.
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
