package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import io.netty.buffer.ByteBuf;

/**
 * One direction of a connection: a FIFO of segments on its way, and the window that bounds the
 * bytes which are under way or unread.
 *
 * <p>A segment waits for its turn at the sender's upload, crosses the link between the hosts, then
 * takes its turn at the receiver's download. At most one segment of a flow stands at the upload, so
 * that the connections of a host share it evenly. What a rule loses or holds stays in front of the
 * link, with all that comes behind it, until it gets through or its sender gives up.
 */
final class Flow {
  /** How often a rule is asked again whether it still holds something. */
  private static final long HOLD_NANOS = 50_000_000;

  private static final Passage.Kind WINDOW = Passage.Kind.WINDOW;

  private final Connection connection;
  private final ConnectionEnd sender;
  private final Host from;
  private final Host to;
  private final Timeline timeline;
  private final Life life;
  private final Link link;
  private final Link backLink;
  private final Link.Order order = new Link.Order();
  private final Link.Order backOrder = new Link.Order();
  private final Link.Order landingOrder = new Link.Order();
  private final SegmentQueue waiting = new SegmentQueue();
  private final SegmentQueue stopped = new SegmentQueue();
  private final Losses losses = Losses.ofData();
  private final Losses windowLosses = Losses.ofData();
  private final SegmentQueue travelling = new SegmentQueue();
  private final SegmentQueue landing = new SegmentQueue();
  private final Retransmission retransmission;
  private final Window window;
  // Made once: each segment needs all three.
  private final Runnable onUploaded = this::onUploaded;
  private final Runnable onArrival = this::onArrival;
  private final Runnable onLanded = this::onLanded;
  private boolean uploading;
  private boolean pausing;
  // The first of those that are stopped, when it was asked about last.
  private boolean held;
  private boolean windowPausing;
  private int consumedBytes;

  Flow(Connection connection, ConnectionEnd sender, Network network) {
    this.connection = connection;
    this.sender = sender;
    this.from = connection.host(sender);
    this.to = connection.host(sender.other());
    this.timeline = from.world().timeline();
    this.life = from.world().life();
    this.link = network.link(from, to);
    this.backLink = network.link(to, from);
    this.window =
        new Window(timeline, life, network.windowBytes(), () -> connection.onRoom(sender));
    this.retransmission = new Retransmission(connection, sender, link);
  }

  /** How many bytes the window still takes. */
  int room() {
    return window.room();
  }

  /** The sender has more than there is room for, and wants to be told when there is some. */
  void awaitRoom() {
    window.await();
  }

  /** True if nothing is under way. */
  boolean isIdle() {
    return waiting.isEmpty() && stopped.isEmpty() && travelling.isEmpty() && landing.isEmpty();
  }

  /** Sends bytes or the end of the stream, behind all that was sent before; owns the segment. */
  void send(Segment segment) {
    window.take(segment.byteCount());
    waiting.add(segment);
    if (!uploading) {
      upload();
    }
  }

  /** Sends what needs no bandwidth and does not wait for its turn at the upload. */
  void sendAtOnce(Segment segment) {
    depart(segment);
  }

  /**
   * Sends a reset, past all that was stopped.
   *
   * @return false if it was lost, which nobody ever repeats by itself
   */
  boolean sendReset() {
    dropWaiting();
    Fate fate = link.judge(Passage.Kind.RESET, connection.id(), 0, Losses.NONE);
    boolean passes = fate.outcome() != Fate.Outcome.LOSE && fate.outcome() != Fate.Outcome.HOLD;
    if (passes) {
      travel(Segment.reset(), fate.delayNanos());
    }
    return passes;
  }

  /** The receiver has read bytes: the sender learns of the room one latency later. */
  void consumed(int byteCount) {
    consumedBytes += byteCount;
    if (!windowPausing) {
      openWindow();
    }
  }

  /** Forgets what has not left the sender yet. */
  void dropWaiting() {
    waiting.release();
    stopped.release();
  }

  /** The receiver has lost power: what has arrived there but is not delivered yet is lost. */
  void loseLanding() {
    if (!landing.isEmpty()) {
      landing.release();
      retransmission.start();
    }
  }

  void dropAll() {
    dropWaiting();
    travelling.release();
    landing.release();
  }

  private void upload() {
    while (!waiting.isEmpty()) {
      long left = from.upload().reserve(timeline.now(), waiting.peek().byteCount());
      if (left > timeline.now()) {
        uploading = true;
        timeline.at(left, life, onUploaded);
        return;
      }
      depart(waiting.poll());
    }
  }

  private void onUploaded() {
    uploading = false;
    if (!waiting.isEmpty()) {
      depart(waiting.poll());
      upload();
    }
  }

  private void depart(Segment segment) {
    if (stopped.isEmpty() && link.isFree()) {
      travel(segment, 0);
    } else {
      stopped.add(segment);
      passRules();
    }
  }

  private void travel(Segment segment, long delayNanos) {
    travelling.add(segment);
    link.carry(order, segment.byteCount(), delayNanos, onArrival);
  }

  private void passRules() {
    while (!pausing && !stopped.isEmpty()) {
      Segment head = stopped.peek();
      Fate fate = link.judge(head.passageKind(), connection.id(), head.byteCount(), losses, held);
      held = fate.outcome() == Fate.Outcome.HOLD;
      switch (fate.outcome()) {
        case PASS -> {
          losses.clear();
          stopped.poll();
          pass(head, fate);
        }
        case LOSE -> pause(losses.pauseAfterLoss(timeline.now()));
        case HOLD -> {
          passBeginning(head, fate);
          pause(HOLD_NANOS);
        }
        case CUT, REFUSE -> cut();
      }
    }
  }

  private void pause(long nanos) {
    pausing = true;
    timeline.at(timeline.after(nanos), life, this::onPauseOver);
  }

  private void onPauseOver() {
    pausing = false;
    if (connection.isUsable(sender) && losses.areTooMany()) {
      connection.giveUp(sender);
    } else {
      passRules(); // of an end that is void, nothing is left to pass
    }
  }

  private void passBeginning(Segment segment, Fate fate) {
    ByteBuf bytes = segment.bytes();
    int byteCount = fate.passedBytes();
    if (byteCount > 0 && byteCount < bytes.readableBytes()) {
      pass(Segment.of(bytes.readRetainedSlice(byteCount)), fate);
    }
  }

  private void cut() {
    dropWaiting();
    timeline.soon(life, connection::cut);
  }

  private void pass(Segment segment, Fate fate) {
    Segment passing = segment;
    if (segment.kind() == Segment.Kind.BYTES && fate.alters()) {
      passing = altered(segment, fate);
      if (passing.byteCount() == 0) {
        passing.release();
        return;
      }
    }
    travel(passing, fate.delayNanos());
  }

  /** A copy, since others may share the bytes. What is cut off counts as read. */
  private Segment altered(Segment segment, Fate fate) {
    ByteBuf bytes = segment.bytes();
    int kept = Math.min(bytes.readableBytes(), fate.keptBytes());
    int missing = bytes.readableBytes() - kept;
    ByteBuf copy = bytes.copy(bytes.readerIndex(), kept);
    segment.release();
    fate.alteration().accept(copy.nioBuffer());
    if (missing > 0) {
      consumed(missing);
    }
    return Segment.of(copy);
  }

  private void openWindow() {
    Fate fate =
        link.isFree() ? Fate.PASS : backLink.judge(WINDOW, connection.id(), 0, windowLosses);
    switch (fate.outcome()) {
      case PASS -> {
        windowLosses.clear();
        window.openAt(backLink.arrivalNanos(backOrder, 0, fate.delayNanos()), consumedBytes);
        consumedBytes = 0;
      }
      case LOSE -> pauseWindow(windowLosses.pauseAfterLoss(timeline.now()));
      case HOLD -> pauseWindow(HOLD_NANOS);
      case CUT, REFUSE -> cut();
    }
  }

  private void pauseWindow(long nanos) {
    windowPausing = true;
    timeline.at(timeline.after(nanos), life, this::onWindowPauseOver);
  }

  private void onWindowPauseOver() {
    windowPausing = false;
    if (consumedBytes > 0 && connection.isUsable(sender.other())) {
      openWindow();
    }
  }

  private void onArrival() {
    Segment segment = travelling.poll();
    if (!to.isUp()) {
      segment.release();
      retransmission.start();
      // The sender may have lost power, too: then this was the last of it.
      connection.forgetIfOver();
      return;
    }
    long landed = to.download().reserve(timeline.now(), segment.byteCount());
    long delivery = landingOrder.next(landed);
    if (delivery == timeline.now() && landing.isEmpty()) {
      connection.deliver(sender.other(), segment);
    } else {
      landing.add(segment);
      timeline.at(delivery, life, onLanded);
    }
  }

  private void onLanded() {
    // Empty if the receiver lost power in between.
    if (!landing.isEmpty()) {
      connection.deliver(sender.other(), landing.poll());
    }
  }
}
