package bdk.p2p.dispatch;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Notification;
import bdk.p2p.message.Request;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.wire.FrameLimits;
import bdk.p2p.wire.PayloadRules;
import bdk.p2p.wire.ProtocolViolation;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Brings each message to its route: in order per session, on workers or, if its handling is light
 * and nothing waits, at once; and gives the session's share back when the message is done with. Any
 * thread.
 */
public final class Dispatcher {
  /** News of a session that may wait: each may keep a large message. */
  private static final int MOST_MESSAGES = 64;

  /** News of the node that may wait: each is small. */
  private static final int MOST_NEWS = 4096;

  private final Executor workers;
  private final LongSupplier nanoTime;
  private final FrameLimits limits;
  private final Routes routes;
  private final Inbox news;

  /**
   * A dispatcher for all sessions of a node.
   *
   * @param nanoTime the environment's monotonic clock
   * @param limits how large an answer may be
   */
  public Dispatcher(Executor workers, LongSupplier nanoTime, FrameLimits limits, Routes routes) {
    this.workers = workers;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.routes = routes;
    this.news = new Inbox(workers, nanoTime, () -> true, message -> {}, () -> {});
    this.news.admit(() -> {});
  }

  /** Gives a new session its inbox, closed until {@link #admit}. */
  public void open(Session session) {
    session.attach(
        new Inbox(
            workers,
            nanoTime,
            session.handling()::mayAnswer,
            message -> handle(session, message),
            session.handling()::turnEnds));
  }

  /** Lets the session's messages through; the given task runs before all of them. */
  public void admit(Session session, Runnable first) {
    inbox(session).admit(first);
  }

  /**
   * The new session belongs to the peer of another one: it is admitted when everything that the
   * other one has brought so far is done with, and then one message of either is handled at a time.
   */
  public void admitBeside(Session other, Session session) {
    inbox(session).takeTurns(inbox(other));
    inOrder(other, () -> admit(session, () -> {}));
  }

  /** Goes on with a session that had to wait because its answers did not leave. */
  public void goOn(Session session) {
    if (session.attachment() instanceof Inbox inbox) {
      inbox.goOn();
    }
  }

  /** Forgets what a session sent that was never admitted. */
  public void discard(Session session) {
    if (session.attachment() instanceof Inbox inbox) {
      inbox.discardIfHeld(session.handling()::done);
    }
  }

  /** Runs the task after everything that the session has brought so far. */
  public void inOrder(Session session, Runnable task) {
    inbox(session).add(task);
  }

  /**
   * Runs the task after everything that the session has brought so far, unless the session's worker
   * is behind with too much already; for news that hold no share.
   */
  public void inOrderIfRoom(Session session, Runnable task) {
    inbox(session).addIfRoom(MOST_MESSAGES, task);
  }

  /** Runs news that belong to no session one after the other; what is too much is left out. */
  public void news(Runnable task) {
    news.addIfRoom(MOST_NEWS, task);
  }

  /**
   * Takes a message that holds its share of the session's inbox; handles it before it returns if
   * that is light and nothing of the session waits.
   */
  public void receive(Session session, Message message) {
    Inbox inbox = inbox(session);
    if (!routes.isLight(message.command()) || !inbox.runNow(message)) {
      inbox.add(message);
    }
  }

  /** What one reading of the session has brought is there. */
  public void readComplete(Session session) {
    if (session.attachment() instanceof Inbox inbox) {
      inbox.readComplete();
    }
  }

  /** Tells, in order, of a message that holds its share and is dropped. */
  public void drop(Session session, Message message, DropReason reason) {
    inbox(session).add(new Drop(session, message, reason));
  }

  /** Before it runs the message holds its share; a session may end that is never admitted. */
  private final class Drop implements Inbox.OfMessage {
    private final Session session;
    private final Message message;
    private final DropReason reason;

    private Drop(Session session, Message message, DropReason reason) {
      this.session = session;
      this.message = message;
      this.reason = reason;
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public void run() {
      dropNow(session, message, reason);
    }
  }

  private static Inbox inbox(Session session) {
    return (Inbox) session.attachment();
  }

  private void handle(Session session, Message message) {
    try {
      if (message instanceof Request request) {
        handleRequest(session, request);
      } else if (message instanceof Broadcast broadcast) {
        handleBroadcast(session, broadcast);
      } else if (message instanceof Notification notification) {
        handleNotification(session, notification);
      }
    } catch (ProtocolViolation violation) {
      session.handling().done(message);
      session.violated(violation.getMessage());
    } catch (Throwable cause) {
      // Checked ones, too: a lambda can throw what it does not declare
      // (HandlerTest.handlerThatThrowsACheckedExceptionHarmsNobody).
      failNow(session, message, cause);
    }
  }

  private void handleRequest(Session session, Request request) {
    var route = routes.request(request.command());
    if (route.isEmpty()) {
      dropNow(session, request, routes.whyUnserved(request));
    } else if (session.isClosed()) {
      dropNow(session, request, DropReason.SESSION_CLOSED);
    } else {
      await(session, request, route.get().handle(session, request));
    }
  }

  private void handleBroadcast(Session session, Broadcast broadcast) {
    var route = routes.broadcast(broadcast.command());
    if (route.isEmpty()) {
      dropNow(session, broadcast, routes.whyUnserved(broadcast));
    } else if (session.handling().isForsaken()) {
      dropNow(session, broadcast, DropReason.SESSION_CLOSED);
    } else {
      await(session, broadcast, route.get().handle(session, broadcast));
    }
  }

  private void handleNotification(Session session, Notification notification) {
    var route = routes.notification(notification.command());
    if (route.isEmpty()) {
      dropNow(session, notification, routes.whyUnserved(notification));
    } else if (session.handling().isForsaken()) {
      dropNow(session, notification, DropReason.SESSION_CLOSED);
    } else {
      route.get().handle(session, notification);
      session.handling().doneInTurn(notification);
    }
  }

  private <T> void await(Session session, Message message, CompletionStage<T> stage) {
    CompletableFuture<T> known = stage.toCompletableFuture();
    if (known.isDone() && !known.isCompletedExceptionally()) {
      // Most handlers end at once; nothing need wait for them.
      if (message instanceof Request request) {
        answerOrFail(session, request, known.getNow(null));
      } else {
        session.handling().doneInTurn(message);
      }
      return;
    }
    Later<T> later =
        new Later<>(
            new Later.End<>() {
              @Override
              public void result(T value) {
                finish(session, message, value);
              }

              @Override
              public void laterResult(T value) {
                finish(session, message, value);
                session.handling().answersAreThere();
              }

              @Override
              public void failed(Throwable cause) {
                fail(session, message, cause);
              }

              @Override
              public void late() {
                // Keeps its share: a peer must not be able to pile up handlers that never end.
                inOrder(session, () -> routes.dropped(session, message, DropReason.HANDLER_LATE));
              }

              @Override
              public void overdue() {
                session.handling().done(message);
              }
            });
    later.await(stage, () -> session.schedule(routes.deadline(message.command()), later::expire));
  }

  private void finish(Session session, Message message, Object value) {
    if (message instanceof Request request) {
      answerOrFail(session, request, value);
    } else {
      session.handling().done(message);
    }
  }

  private void answerOrFail(Session session, Request request, Object payload) {
    try {
      answer(session, request, (ByteBuffer) payload);
    } catch (RuntimeException cause) {
      fail(session, request, cause);
    }
  }

  /** What a handler returns is checked like what a peer sends: the peer must not close on us. */
  private void answer(Session session, Request request, ByteBuffer payload) {
    if (payload == null) {
      throw new IllegalStateException("the handler of " + request.command() + " returned null");
    }
    // Before it is copied.
    limits.check(MessageType.ANSWER, request.command(), payload.remaining());
    if (Outbound.isFrameAtOnce(request.command(), payload)) {
      session.handling().answerAtOnce(payload, request);
    } else {
      Answer answer = new Answer(request.id(), request.command(), payload);
      PayloadRules.check(answer);
      session.handling().answer(answer, request);
    }
  }

  /** As {@link #failNow}, in order, from whatever thread ended the handler's stage. */
  private void fail(Session session, Message message, Throwable cause) {
    inbox(session).add(() -> failNow(session, message, unwrapped(cause)));
  }

  /** What a stage that depends on another one wraps is no news to the listener. */
  private static Throwable unwrapped(Throwable cause) {
    return cause instanceof CompletionException && cause.getCause() != null
        ? cause.getCause()
        : cause;
  }

  private void failNow(Session session, Message message, Throwable cause) {
    routes.failed(session, message, cause);
    dropNow(session, message, DropReason.HANDLER_FAILED);
  }

  private void dropNow(Session session, Message message, DropReason reason) {
    session.handling().done(message);
    routes.dropped(session, message, reason);
  }
}
