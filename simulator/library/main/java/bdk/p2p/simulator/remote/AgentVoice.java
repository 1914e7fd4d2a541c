package bdk.p2p.simulator.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What an agent has to say, to whoever listens now; said to nobody it is lost. Any thread; one
 * thread of its own writes. At most {@value #MOST_WAITING} lines wait; whoever says more waits, so
 * that the node handles no more than can be told.
 */
final class AgentVoice {
  private static final int MOST_WAITING = 65_536;

  private final BlockingQueue<ObjectNode> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile ControlLine listener;

  private AgentVoice() {}

  /** One that nobody ever listens to. */
  static AgentVoice toNobody() {
    return new AgentVoice();
  }

  /** One to which somebody may listen. */
  static AgentVoice start() {
    AgentVoice voice = new AgentVoice();
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
    listener = line;
  }

  /** Says it. */
  void say(ObjectNode line) {
    if (listener == null) {
      return;
    }
    try {
      waiting.put(line);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<ObjectNode> lines = new ArrayList<>();
    try {
      while (true) {
        lines.add(waiting.take());
        waiting.drainTo(lines);
        write(lines);
        lines.clear();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<ObjectNode> lines) {
    ControlLine line = listener;
    if (line == null) {
      return;
    }
    try {
      for (ObjectNode one : lines) {
        line.write(one);
      }
      line.flush();
    } catch (IOException gone) {
      // The reading end notices, too.
      line.close();
    }
  }
}
