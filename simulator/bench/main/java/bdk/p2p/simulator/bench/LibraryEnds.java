package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Verdict;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Two nodes, one that publishes broadcasts and one that they are to come to. */
final class LibraryEnds implements Ends {
  private final Map<Long, Runnable> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final Manager head;
  private final Manager tail;

  LibraryEnds(CommandOptions command, Optional<Keys> keys) throws Exception {
    head = LibraryNodes.dialling(keys).listener(LibraryNodes.failing()).start();
    tail =
        LibraryNodes.listening(keys, 1, ManagerOptions.builder())
            .command(LibraryResponder.COMMAND, command)
            .onBroadcast(LibraryResponder.COMMAND, this::arrived)
            .listener(LibraryNodes.failing())
            .start();
  }

  @Override
  public void dial(int port) throws Exception {
    LibraryNodes.dial(head, port);
  }

  @Override
  public int port() {
    return LibraryNodes.port(tail);
  }

  /** A broadcast like another is none: each begins with a number. */
  @Override
  public void request(byte[] payload, Runnable answered) {
    long number = last.incrementAndGet();
    open.put(number, answered);
    ByteBuffer unique = ByteBuffer.allocate(payload.length).putLong(number);
    head.broadcast(LibraryResponder.COMMAND, unique.rewind());
  }

  private Verdict arrived(Peer peer, Broadcast broadcast) {
    open.remove(broadcast.payload().getLong()).run();
    return Verdict.KEEP;
  }

  @Override
  public void close() {
    head.close();
    tail.close();
  }
}
