package bdk.p2p.discovery;

import bdk.p2p.broadcast.Relay;
import bdk.p2p.environment.Environment;
import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.Notification;
import bdk.p2p.peer.NodeListing;
import bdk.p2p.peer.SessionRegistry;
import bdk.p2p.wire.NodeInfoCodec;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells every NORMAL peer this node's NodeInfo, at a steady interval and soon after a change. The
 * timer is confined to one event loop; the application's chain head is asked for on a worker.
 */
public final class InfoAnnouncer {
  private static final Logger LOG = System.getLogger("bdk.p2p");

  /** Changes within this time go out together. */
  private static final Duration GATHER = Duration.ofMillis(100);

  /**
   * The same for each peer, if that is longer: changes alone cause no more than 10,000 a second.
   */
  private static final Duration GATHER_FOR_EACH = Duration.ofNanos(100_000);

  private final EventLoop loop;
  private final Environment environment;
  private final SessionRegistry registry;
  private final NodeListing listing;
  private final Relay relay;
  private final Supplier<ChainHead> chainHead;
  private final Duration interval;
  private final AtomicBoolean changing = new AtomicBoolean();
  private final AtomicBoolean announcing = new AtomicBoolean();
  private Future<?> timer;
  private boolean stopped;

  /** An announcer that has not begun. */
  public InfoAnnouncer(
      EventLoop loop,
      Environment environment,
      SessionRegistry registry,
      NodeListing listing,
      Relay relay,
      Supplier<ChainHead> chainHead,
      Duration interval) {
    this.loop = loop;
    this.environment = environment;
    this.registry = registry;
    this.listing = listing;
    this.relay = relay;
    this.chainHead = chainHead;
    this.interval = interval;
  }

  /** Begins to announce. Any thread. */
  public void start() {
    loop.execute(() -> schedule(interval));
  }

  /** Announces soon, because something changed. Any thread. */
  public void changed() {
    if (changing.compareAndSet(false, true)) {
      loop.execute(() -> schedule(gather(registry.count(), interval)));
    }
  }

  /** A node with thousands of peers, and more that come, would do nothing else. */
  static Duration gather(int peers, Duration interval) {
    Duration forAll = GATHER_FOR_EACH.multipliedBy(peers);
    Duration longer = forAll.compareTo(GATHER) > 0 ? forAll : GATHER;
    return longer.compareTo(interval) < 0 ? longer : interval;
  }

  /** Announces nothing from now on. Any thread. */
  public void stop() {
    loop.execute(
        () -> {
          stopped = true;
          if (timer != null) {
            timer.cancel(false);
          }
        });
  }

  /**
   * What this node says of itself now. Asks the application for its chain head, so call it on a
   * worker.
   */
  public NodeInfo current() {
    Instant now = environment.clock().instant();
    long micros =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1000);
    return new NodeInfo(chainHead.get(), micros, listing.entries());
  }

  private void schedule(Duration delay) {
    if (stopped) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timer = loop.schedule(this::tick, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void tick() {
    changing.set(false);
    // If the application is slow to tell its chain head, announcements are left out, not piled up.
    if (announcing.compareAndSet(false, true)) {
      environment.workers().execute(this::announce);
    }
    schedule(interval);
  }

  private void announce() {
    try {
      MessageId id = new MessageId(environment.random().nextLong());
      ByteBuffer payload = ByteBuffer.wrap(NodeInfoCodec.encode(current()));
      relay.send(
          registry.normalSessions(),
          new Notification(id, Command.NOTIFY_INFO, payload),
          true,
          (session, result) -> {});
    } catch (RuntimeException cause) {
      // The application's, from its chain head; the next announcement asks anew.
      LOG.log(Level.DEBUG, "the node's chain head failed", cause);
    } finally {
      announcing.set(false);
    }
  }
}
