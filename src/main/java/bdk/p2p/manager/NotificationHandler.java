package bdk.p2p.manager;

import bdk.p2p.message.Notification;

/** Takes notifications. Runs on a worker, one message of a session at a time; may block. */
@FunctionalInterface
public interface NotificationHandler {
  /** Takes a notification. What it throws is told to the listener. */
  void handle(Peer peer, Notification notification);
}
