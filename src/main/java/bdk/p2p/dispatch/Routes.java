package bdk.p2p.dispatch;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Notification;
import bdk.p2p.message.Request;
import bdk.p2p.session.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who handles what; supplied by the floors above and fixed for the life of a node. Every route runs
 * on a worker and may take its time, unless it is light; what it throws is its message's loss and
 * nobody else's.
 */
public interface Routes {
  /** Makes the answer to a request, now or later. */
  interface RequestRoute {
    /** Returns a stage with the payload of the answer; never null. */
    CompletionStage<ByteBuffer> handle(Session session, Request request);
  }

  /** Judges a broadcast and relays it, now or later. */
  interface BroadcastRoute {
    /** Returns a stage that ends when the broadcast is done with; never null. */
    CompletionStage<Void> handle(Session session, Broadcast broadcast);
  }

  /** Takes a notification. */
  interface NotificationRoute {
    void handle(Session session, Notification notification);
  }

  /** The route of a request, if this node serves it. */
  Optional<RequestRoute> request(Command command);

  /** The route of a broadcast, if this node serves it. */
  Optional<BroadcastRoute> broadcast(Command command);

  /** The route of a notification, if this node serves it. */
  Optional<NotificationRoute> notification(Command command);

  /** True if the routes of this command may run on the event loop. Any thread. */
  boolean isLight(Command command);

  /** How long a later result may take. */
  Duration deadline(Command command);

  /** Why a message without a route has none. */
  DropReason whyUnserved(Message message);

  /** A handler threw, or its later result failed; {@link #dropped} follows. Comes like that one. */
  void failed(Session session, Message message, Throwable cause);

  /** A message was dropped; comes on a worker, in the session's order. */
  void dropped(Session session, Message message, DropReason reason);
}
