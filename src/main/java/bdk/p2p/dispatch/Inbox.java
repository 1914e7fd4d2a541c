package bdk.p2p.dispatch;

import bdk.p2p.message.Message;
import bdk.p2p.message.Notification;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * The messages and tasks of one session in their order: one at a time, on workers, also where two
 * sessions of one peer {@linkplain #takeTurns take turns}. Any thread adds, without a lock; whoever
 * has brought the state to {@code RUNNING} takes out, until it sets another one.
 *
 * <p>Bounded by the session's share: a message, or a task that belongs to one, holds a part of it.
 * Held at first, so that nothing runs for a session that is not admitted.
 */
final class Inbox {
  /** After this long a worker takes up another session: slow handlers cost the others no more. */
  private static final long SLICE_NANOS = 1_000_000;

  /** Or after so many, where no time passes; as few as cost nothing where it does. */
  private static final int BATCH = 256;

  /** Where a message is handled in less, the clock is read for {@link #STRIDE} of them once. */
  private static final long QUICK_NANOS = 10_000;

  private static final int STRIDE = 16;

  /** Messages of one reading that a worker need not be woken for. */
  private static final int WAKE_FOR = 512;

  private static final int CHUNK = 16;

  /** A task that gives the share of a message back when it runs. */
  interface OfMessage extends Runnable {
    /** The message that holds the share. */
    Message message();
  }

  private enum State {
    /** Not admitted: nothing runs. */
    HELD,
    /** Never admitted: what comes is forgotten. */
    DISCARDED,
    /** Nothing to do. */
    IDLE,
    /** A worker is at it, or will be. */
    RUNNING,
    /** Waits to be told to go on. */
    BRAKED
  }

  private final Executor workers;
  private final LongSupplier nanoTime;
  private final BooleanSupplier mayRun;
  private final Consumer<Message> handler;
  private final Runnable handled;
  private final Queue<Object> waiting = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
  private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
  private volatile Turn turn = new Turn();
  // Before all that waits; of whoever runs it, like the next.
  private Runnable first;
  private int stride = 1;
  // Of whoever adds messages.
  private int unannounced;
  private boolean untold;

  /**
   * @param nanoTime the environment's monotonic clock
   * @param mayRun false while nothing is to run; {@link #goOn} is called when that may have changed
   * @param handler what to do with a message
   * @param handled told after one or several messages have been handled, by whoever did it
   */
  Inbox(
      Executor workers,
      LongSupplier nanoTime,
      BooleanSupplier mayRun,
      Consumer<Message> handler,
      Runnable handled) {
    this.mayRun = mayRun;
    this.workers = workers;
    this.nanoTime = nanoTime;
    this.handler = handler;
    this.handled = handled;
  }

  /** Adds a task that holds no share, unless so many wait already; about, not to the last. */
  void addIfRoom(int limit, Runnable task) {
    if (waiting.size() < limit) {
      add(task);
    }
  }

  void add(Runnable task) {
    enter(task);
    startFrom(State.IDLE);
  }

  /**
   * Adds a message of a reading that goes on. One thread at a time, which says when it is over: a
   * worker is woken for many messages, not for each.
   */
  void add(Message message) {
    enter(message);
    unannounced++;
    if (unannounced == WAKE_FOR) {
      readComplete();
    }
  }

  /**
   * Handles the message on this thread, if nothing runs or waits; otherwise it is still to be
   * added. Called by who adds messages, who says when the reading is over.
   */
  boolean runNow(Message message) {
    if (state.get() != State.IDLE || !state.compareAndSet(State.IDLE, State.RUNNING)) {
      return false;
    }
    if (!waiting.isEmpty() || !mayRun.getAsBoolean()) {
      start();
      return false;
    }
    Turn own = turn;
    if (!own.take(this)) {
      return false; // it is started when its turn comes
    }
    handler.accept(message);
    untold = true;
    own.end().ifPresent(Inbox::start);
    if (rest()) {
      start();
    }
    return true;
  }

  /** The messages of a reading are through. */
  void readComplete() {
    if (unannounced > 0) {
      unannounced = 0;
      startFrom(State.IDLE);
    }
    if (untold) {
      untold = false;
      tellHandled();
    }
  }

  /** What was handled at once; if somebody else is at it, that one tells. */
  private void tellHandled() {
    if (state.compareAndSet(State.IDLE, State.RUNNING)) {
      handled.run();
      if (rest()) {
        start();
      }
    }
  }

  private void enter(Object next) {
    if (state.get() != State.DISCARDED) {
      waiting.add(next);
    }
  }

  /** Looks again whether anything may run, if it waits for that. */
  void goOn() {
    startFrom(State.BRAKED);
  }

  /** Lets everything run, this task first. */
  void admit(Runnable task) {
    if (state.compareAndSet(State.HELD, State.RUNNING)) {
      first = task;
      start();
    }
  }

  /**
   * Forgets what waits, if the session was never admitted.
   *
   * @param forgotten told of each message that waited, itself or with a task, whose share is to be
   *     given back
   */
  void discardIfHeld(Consumer<Message> forgotten) {
    if (state.compareAndSet(State.HELD, State.DISCARDED)) {
      for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
        if (next instanceof Message message) {
          forgotten.accept(message);
        } else if (next instanceof OfMessage task) {
          forgotten.accept(task.message());
        }
      }
    }
  }

  /**
   * From now on it runs one at a time with another inbox. To be called before it is admitted; the
   * other one has been.
   */
  void takeTurns(Inbox other) {
    if (state.get() == State.HELD) {
      turn = other.turn;
    }
  }

  private void startFrom(State resting) {
    // Looked at first: a look costs nothing while it runs.
    if (state.get() == resting && state.compareAndSet(resting, State.RUNNING)) {
      start();
    }
  }

  /** When the workers have ended, the last news is told on the thread that brings it. */
  private void start() {
    if (!handOver()) {
      run();
    }
  }

  private boolean handOver() {
    try {
      workers.execute(this::run);
      return true;
    } catch (RejectedExecutionException stopped) {
      return false;
    }
  }

  private void run() {
    do {
      Turn own = turn;
      if (!own.take(this)) {
        return;
      }
      boolean goesOn = runSome();
      own.end().ifPresent(Inbox::start);
      if (!goesOn) {
        return;
      }
    } while (!handOver());
  }

  /** It is this one's turn; true if there may be more to do. */
  private boolean runSome() {
    long start = nanoTime.getAsLong();
    long read = start;
    int unread = 0;
    boolean mayHaveAnswered = true;
    for (int count = 0; count < BATCH; count++) {
      if (mayHaveAnswered && waits()) {
        return false;
      }
      Object next = next();
      if (next == null) {
        handled.run();
        return rest();
      }
      run(next);
      mayHaveAnswered = !(next instanceof Notification);
      unread++;
      if (unread >= stride) {
        handled.run();
        long now = nanoTime.getAsLong();
        if (now - start >= SLICE_NANOS) {
          return true;
        }
        stride = now - read < unread * QUICK_NANOS ? STRIDE : 1;
        mayHaveAnswered = true; // on another thread
        read = now;
        unread = 0;
      }
    }
    handled.run();
    return true;
  }

  private void run(Object next) {
    if (next instanceof Message message) {
      handler.accept(message);
    } else {
      ((Runnable) next).run();
    }
  }

  private Object next() {
    if (first != null) {
      Runnable admission = first;
      first = null;
      return admission;
    }
    return waiting.poll();
  }

  /** True if something came that has not seen it rest. */
  private boolean rest() {
    state.set(State.IDLE);
    return !waiting.isEmpty() && state.compareAndSet(State.IDLE, State.RUNNING);
  }

  private boolean waits() {
    if (mayRun.getAsBoolean()) {
      return false;
    }
    handled.run();
    state.set(State.BRAKED);
    if (mayRun.getAsBoolean()) {
      // It was called to go on before it waited.
      goOn();
    }
    return true;
  }
}
