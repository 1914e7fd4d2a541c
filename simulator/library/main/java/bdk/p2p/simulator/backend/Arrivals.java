package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.world.Losses;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What has come in on a connection and is not delivered yet, in order. The kernel carries bytes in
 * no time; here they take the time of the road, after the fact. Event loop only.
 *
 * <pre>
 *   add -> waiting ------------------> travelling ------------------> receiver
 *          its turn at the upload,     the latency, its turn at
 *          then what the rules say     the download
 * </pre>
 *
 * <p>What a rule loses or holds stays in {@code waiting}, with all that comes behind it, until it
 * gets through or the sender gives up.
 */
final class Arrivals {
  /** How often a rule is asked again whether it still holds something. */
  private static final long HOLD_NANOS = 50_000_000;

  /** Who gets it. Called on the event loop, never from within {@link #add}. */
  interface Receiver {
    /** True if it takes bytes now; it calls {@link #advance} when that becomes true. */
    boolean takesBytes();

    /** The dial is answered. */
    void onAnswer();

    /** Owns the bytes. */
    void onBytes(ByteBuf bytes);

    /** That was all for now. */
    void onPause();

    /** The sender has ended its stream. */
    void onEnd();

    /** The connection is void. */
    void onReset(IOException reason);

    /** The sender has reset the connection, and no word of it has come through. */
    void onLostReset();

    /** Something on the way makes the connection void: this end, which must tell the other. */
    void onCut(IOException reason);
  }

  private final Road road;
  private final long connection;
  private final EventExecutor loop;
  private final LongSupplier clock;
  private final RandomGenerator random;
  private final Receiver receiver;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private final Queue<Piece> travelling = new ArrayDeque<>();
  private final Losses losses = Losses.ofData();
  private long pausedUntil;
  // The first of those that wait, when it was asked about last.
  private boolean held;
  private long lastCrossing;
  private long heldBytes;
  private boolean blocked;
  private boolean advancing;
  private boolean over;
  private Future<?> timer;
  private long timerNanos;

  Arrivals(
      Road road,
      long connection,
      EventExecutor loop,
      LongSupplier clock,
      RandomGenerator random,
      Receiver receiver) {
    this.road = road;
    this.connection = connection;
    this.loop = loop;
    this.clock = clock;
    this.random = random;
    this.receiver = receiver;
  }

  /** True if what comes now may be delivered at once, without being added. */
  boolean areNone() {
    return waiting.isEmpty() && travelling.isEmpty() && road.isFree();
  }

  /** The memory of all that is held. */
  long heldBytes() {
    return heldBytes;
  }

  /** Takes bytes, which it then owns, or an end; {@link #advance} moves it on. */
  void add(Piece piece) {
    if (over) {
      piece.bytes().release();
      return;
    }
    heldBytes += piece.heldBytes();
    waiting.add(piece);
  }

  /** The dial was let through: the answer needs no further leave. */
  void addAnswer(long delayNanos) {
    travel(Piece.answer(clock.getAsLong()), clock.getAsLong(), delayNanos);
  }

  /** The sender has reset the connection: what it had not got through by now is gone. */
  void addReset(IOException reason) {
    dropAll(waiting);
    long now = clock.getAsLong();
    Fate fate = road.judge(Passage.Kind.RESET, connection, 0, now, Losses.NONE);
    switch (fate.outcome()) {
      case LOSE, HOLD -> receiver.onLostReset();
      case PASS, CUT, REFUSE -> travel(Piece.reset(reason, now), now, fate.delayNanos());
    }
  }

  /** The sender knows nothing of the connection any more and has been asked. */
  void addBounced(IOException reason, long delayNanos) {
    long now = clock.getAsLong();
    travel(Piece.reset(reason, now), now, delayNanos);
  }

  /** True if something is due, and the receiver does not take it. */
  boolean waitForReceiver() {
    return blocked;
  }

  /** Moves on and delivers whatever is due. */
  void advance() {
    if (advancing || over) {
      return;
    }
    advancing = true;
    try {
      depart();
      deliver();
    } finally {
      advancing = false;
    }
    rearm();
  }

  /** Forgets everything, for ever. */
  void end() {
    over = true;
    dropAll(waiting);
    dropAll(travelling);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void depart() {
    while (!waiting.isEmpty() && clock.getAsLong() >= pausedUntil) {
      Piece head = waiting.element();
      if (head.leftNanos < 0) {
        head.leftNanos = road.leave(head.sinceNanos, head.byteCount());
      }
      long now = clock.getAsLong();
      if (head.leftNanos > now) {
        return;
      }
      if (losses.areTooMany()) {
        receiver.onCut(new IOException("Connection timed out"));
        return;
      }
      Fate fate = road.judge(head.passageKind(), connection, head.byteCount(), now, losses, held);
      held = fate.outcome() == Fate.Outcome.HOLD;
      switch (fate.outcome()) {
        case PASS -> {
          losses.clear();
          waiting.remove();
          pass(head, fate);
        }
        case LOSE -> pausedUntil = now + losses.pauseAfterLoss(now);
        case HOLD -> {
          passBeginning(head, fate);
          pausedUntil = now + HOLD_NANOS;
        }
        case CUT, REFUSE -> {
          receiver.onCut(new IOException("Connection reset by peer"));
          return;
        }
      }
    }
  }

  private void pass(Piece piece, Fate fate) {
    if (fate.alters() && piece.kind() == Piece.Kind.BYTES) {
      ByteBuf bytes = piece.bytes();
      int kept = Math.min(bytes.readableBytes(), fate.keptBytes());
      bytes.writerIndex(bytes.readerIndex() + kept);
      fate.alteration().accept(bytes.nioBuffer());
    }
    travel(piece, Math.max(piece.leftNanos, pausedUntil), fate.delayNanos());
  }

  private void passBeginning(Piece piece, Fate fate) {
    ByteBuf bytes = piece.bytes();
    int byteCount = fate.passedBytes();
    if (byteCount > 0 && byteCount < bytes.readableBytes()) {
      Piece beginning = Piece.of(bytes.readBytes(byteCount), piece.sinceNanos);
      beginning.leftNanos = piece.leftNanos;
      heldBytes += beginning.heldBytes();
      pass(beginning, fate);
    }
  }

  private void travel(Piece piece, long fromNanos, long delayNanos) {
    long crossed = road.cross(fromNanos, piece.byteCount(), random) + delayNanos;
    lastCrossing = Math.max(lastCrossing, crossed);
    piece.crossedNanos = lastCrossing;
    travelling.add(piece);
  }

  private void deliver() {
    boolean gotBytes = false;
    while (!over && isDue(travelling.peek())) {
      Piece head = travelling.remove();
      heldBytes -= head.heldBytes();
      switch (head.kind()) {
        case ANSWER -> receiver.onAnswer();
        case BYTES -> {
          gotBytes = true;
          deliver(head.bytes());
        }
        case FIN -> receiver.onEnd();
        case RESET -> receiver.onReset(head.reason());
      }
    }
    if (gotBytes && !over) {
      receiver.onPause();
    }
  }

  private void deliver(ByteBuf bytes) {
    if (bytes.isReadable()) {
      receiver.onBytes(bytes);
    } else {
      bytes.release();
    }
  }

  /** Bytes and what is behind them wait for a receiver that does not read. */
  private boolean isDue(Piece head) {
    if (head == null || head.crossedNanos > clock.getAsLong()) {
      return false;
    }
    if (head.landedNanos < 0) {
      head.landedNanos = road.land(head.crossedNanos, head.byteCount());
    }
    boolean hasLanded = head.landedNanos <= clock.getAsLong();
    blocked = hasLanded && head.kind() != Piece.Kind.ANSWER && !receiver.takesBytes();
    return hasLanded && !blocked;
  }

  private void rearm() {
    long next = Long.MAX_VALUE;
    if (!waiting.isEmpty()) {
      next = Math.max(pausedUntil, waiting.element().leftNanos);
    }
    if (!travelling.isEmpty()) {
      Piece head = travelling.element();
      long due = Math.max(head.crossedNanos, head.landedNanos);
      if (!blocked) {
        next = Math.min(next, due);
      }
    }
    if (over || next == Long.MAX_VALUE || timer != null && timerNanos == next) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timerNanos = next;
    long delay = Math.max(0, next - clock.getAsLong());
    timer = loop.schedule(this::onTimer, delay, TimeUnit.NANOSECONDS);
  }

  private void onTimer() {
    timer = null;
    advance();
  }

  private void dropAll(Queue<Piece> pieces) {
    for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      heldBytes -= piece.heldBytes();
      piece.bytes().release();
    }
  }
}
