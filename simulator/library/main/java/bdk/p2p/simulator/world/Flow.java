package bdk.p2p.simulator.world;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One direction of a connection: a FIFO of segments on its way, and the window that bounds the
 * bytes which are under way or unread.
 *
 * <p>A segment waits for its turn at the sender's upload, crosses the link between the hosts, then
 * takes its turn at the receiver's download. At most one segment of a flow stands at the upload, so
 * that the connections of a host share it evenly.
 */
final class Flow {
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
  private final Queue<Segment> waiting = new ArrayDeque<>();
  private final Queue<Segment> travelling = new ArrayDeque<>();
  private final Queue<Segment> landing = new ArrayDeque<>();
  private final Retransmission retransmission;
  private int room;
  private boolean uploading;

  Flow(Connection connection, ConnectionEnd sender, Network network) {
    this.connection = connection;
    this.sender = sender;
    this.from = connection.host(sender);
    this.to = connection.host(sender.other());
    this.timeline = from.world().timeline();
    this.life = from.world().life();
    this.link = network.link(from, to);
    this.backLink = network.link(to, from);
    this.room = network.windowBytes();
    this.retransmission = new Retransmission(connection, sender, link);
  }

  /** How many bytes the window still takes. */
  int room() {
    return room;
  }

  /** True if nothing is under way. */
  boolean isIdle() {
    return waiting.isEmpty() && travelling.isEmpty() && landing.isEmpty();
  }

  /** Sends bytes or the end of the stream, behind all that was sent before; owns the segment. */
  void send(Segment segment) {
    room -= segment.byteCount();
    waiting.add(segment);
    if (!uploading) {
      upload();
    }
  }

  /** Sends what needs no bandwidth and does not wait for its turn at the upload. */
  void sendAtOnce(Segment segment) {
    depart(segment);
  }

  /** The receiver has read bytes: the sender learns of the room one latency later. */
  void consumed(int byteCount) {
    backLink.carry(backOrder, 0, () -> onRoom(byteCount));
  }

  /** Forgets what has not left the sender yet. */
  void dropWaiting() {
    release(waiting);
  }

  /** The receiver has lost power: what has arrived there but is not delivered yet is lost. */
  void loseLanding() {
    if (!landing.isEmpty()) {
      release(landing);
      retransmission.start();
    }
  }

  void dropAll() {
    release(waiting);
    release(travelling);
    release(landing);
  }

  private void upload() {
    while (!waiting.isEmpty()) {
      long left = from.upload().reserve(timeline.now(), waiting.peek().byteCount());
      if (left > timeline.now()) {
        uploading = true;
        timeline.at(left, life, this::onUploaded);
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
    travelling.add(segment);
    link.carry(order, segment.byteCount(), this::onArrival);
  }

  private void onArrival() {
    Segment segment = travelling.poll();
    if (!to.isUp()) {
      segment.release();
      retransmission.start();
      return;
    }
    long landed = to.download().reserve(timeline.now(), segment.byteCount());
    long delivery = landingOrder.next(landed);
    if (delivery == timeline.now() && landing.isEmpty()) {
      connection.deliver(sender.other(), segment);
    } else {
      landing.add(segment);
      timeline.at(delivery, life, this::onLanded);
    }
  }

  private void onLanded() {
    // Empty if the receiver lost power in between.
    if (!landing.isEmpty()) {
      connection.deliver(sender.other(), landing.poll());
    }
  }

  private void onRoom(int byteCount) {
    room += byteCount;
    connection.onRoom(sender);
  }

  private static void release(Queue<Segment> segments) {
    segments.forEach(Segment::release);
    segments.clear();
  }
}
