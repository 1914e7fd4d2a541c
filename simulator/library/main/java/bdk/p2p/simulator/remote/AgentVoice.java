package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an agent has to say, to whoever listens now; said to nobody it is lost. Any thread; one
 * thread of its own writes. At most {@value #MOST_WAITING} lines wait; whoever says more waits, so
 * that the node handles no more than can be told. A listener for whom that takes too long has hung:
 * its line is closed, and the node goes on.
 */
final class AgentVoice {
  private static final int MOST_WAITING = 65_536;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So few that there is room again while a slow listener reads. */
  private static final int MOST_TOGETHER = 1_024;

  /** A line, and to whom it is said; whoever listens later does not hear it. */
  private record Said(ControlLine to, ObjectNode line) {}

  private final BlockingQueue<Said> waiting;
  private final Duration patience;
  private final AtomicReference<ControlLine> listener = new AtomicReference<>();

  private AgentVoice(int mostWaiting, Duration patience) {
    this.waiting = new LinkedBlockingQueue<>(mostWaiting);
    this.patience = patience;
  }

  /** One that nobody ever listens to. */
  static AgentVoice toNobody() {
    return new AgentVoice(1, PATIENCE);
  }

  /** One to which somebody may listen. */
  static AgentVoice start() {
    return start(MOST_WAITING, PATIENCE);
  }

  /**
   * As {@link #start()} with other limits.
   *
   * @param patience how long somebody waits for room before the listener's line is closed
   */
  static AgentVoice start(int mostWaiting, Duration patience) {
    AgentVoice voice = new AgentVoice(mostWaiting, patience);
    voice.begin();
    return voice;
  }

  private void begin() {
    Thread writer = new Thread(this::write, "bdk-agent-voice");
    writer.setDaemon(true);
    writer.start();
  }

  /** Somebody listens from now on; null if nobody does. */
  void listener(ControlLine line) {
    listener.set(line);
  }

  /** Says it. */
  void say(ObjectNode line) {
    ControlLine to = listener.get();
    if (to == null) {
      return;
    }
    try {
      if (!waiting.offer(new Said(to, line), patience.toNanos(), TimeUnit.NANOSECONDS)) {
        lose(to);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Said> together = new ArrayList<>();
    try {
      while (true) {
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER - 1);
        write(together);
        together.clear();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Said> together) {
    ControlLine now = listener.get();
    if (now == null) {
      return;
    }
    try {
      for (Said one : together) {
        if (one.to() == now) {
          now.write(one.line());
        }
      }
      now.flush();
    } catch (IOException gone) {
      lose(now);
    }
  }

  /** It listens no more; the thread that reads its line notices, too. */
  private void lose(ControlLine line) {
    listener.compareAndSet(line, null);
    line.close();
  }
}
