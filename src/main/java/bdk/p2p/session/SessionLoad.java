package bdk.p2p.session;

/**
 * What one session holds now, and since when. Any thread; each figure is of an instant of its own.
 */
public final class SessionLoad {
  private final OutboundQueue queue;
  private final InboundShare share;
  private final PendingRequests requests;
  private final SessionReader reader;
  private final OutboundWriter writer;

  SessionLoad(
      OutboundQueue queue,
      InboundShare share,
      PendingRequests requests,
      SessionReader reader,
      OutboundWriter writer) {
    this.queue = queue;
    this.share = share;
    this.requests = requests;
    this.reader = reader;
    this.writer = writer;
  }

  /** Messages that wait to be written. */
  public int queuedMessages() {
    return queue.messages();
  }

  /** Frame bytes that wait to be written. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** Messages of the peer that are not done with. */
  public int heldMessages() {
    return share.messages();
  }

  /** Payload bytes of messages of the peer that are not done with. */
  public long heldBytes() {
    return share.bytes();
  }

  /** The memory of a frame that has come in part, as of the last buffer. */
  public long arrivingBytes() {
    return reader.arrivingBytes();
  }

  /**
   * Since when a frame has been on its way that has come in part, not counting while nothing was
   * read; {@code Long.MAX_VALUE} if none has.
   */
  public long frameSinceNanos() {
    return reader.frameSinceNanos();
  }

  /**
   * Since when the peer has not taken the message that is being written; {@code Long.MAX_VALUE} if
   * none is.
   */
  public long waitingSinceNanos() {
    return writer.waitingSinceNanos();
  }

  /** Requests to the peer that have not ended. */
  public int pendingRequests() {
    return requests.count();
  }
}
