package bdk.p2p.wire;

import bdk.p2p.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Turns the bytes after the handshake into {@link Message}s, however they were cut on their way.
 *
 * <pre>
 *  in   [frame 1 ... fra] [me 2 ...][frame 3 ... fra]
 *  out   message 1          message 2, message 3        the start of frame 4 waits for the rest
 * </pre>
 *
 * <p>Lengths, types and payload limits are checked as soon as they are there, before any memory is
 * reserved. The first violation is fired as a {@link ProtocolViolation}; everything after it is
 * released and swallowed. So is what is not decoded when the channel ends or this handler leaves
 * the pipeline; no half message is ever delivered.
 *
 * <p>While paused it delivers nothing and keeps what arrives. It sets that no bound: who pauses it
 * also stops reading from the channel; who bounds it is told after each buffer that arrived.
 *
 * <p>Event loop only.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
  private enum State {
    OPEN,
    PAUSED,
    ENDED
  }

  private final FrameHeader header;
  private final ArrivingPayload payload;
  private final UndecodedBytes undecoded = new UndecodedBytes();
  private final Runnable arrived;
  private ChannelHandlerContext context;
  private State state = State.OPEN;
  private boolean decoding;
  private long bytesRead;

  /** A decoder at the start of a frame, whose memory nobody bounds. */
  public FrameDecoder(FrameLimits limits) {
    this(limits, Originals.NONE, () -> {});
  }

  /**
   * A decoder at the start of a frame.
   *
   * @param originals what copies are compared with as they arrive; a copy is delivered as the
   *     original itself
   * @param arrived called when the messages of a buffer are delivered; {@link #heldBytes} then says
   *     what is kept of it. It may pause
   */
  public FrameDecoder(FrameLimits limits, Originals originals, Runnable arrived) {
    this.header = new FrameHeader(limits);
    this.payload = new ArrivingPayload(header, originals);
    this.arrived = arrived;
  }

  /**
   * Delivers nothing from now on, until {@link #resume}. May be called while a message is being
   * delivered; that message is then the last one.
   */
  public void pause() {
    assert isEventLoop();
    if (state == State.OPEN) {
      state = State.PAUSED;
    }
  }

  /**
   * Delivers what was kept, before it returns, and what arrives from now on. Called while a message
   * is being delivered it returns at once, and delivery goes on after that message.
   */
  public void resume() {
    assert isEventLoop();
    if (state == State.PAUSED) {
      state = State.OPEN;
      if (!decoding && !undecoded.isEmpty()) {
        decode();
        context.fireChannelReadComplete();
      }
    }
  }

  /** Delivers nothing ever again: what was kept and what arrives is released. */
  public void stop() {
    assert isEventLoop();
    end();
  }

  /**
   * The memory in bytes that it holds for a half-received payload and kept buffers. Between two
   * reads at most twice the bytes that arrived and are not delivered, whatever a header claims.
   */
  public long heldBytes() {
    assert isEventLoop();
    return payload.capacityBytes() + undecoded.capacityBytes();
  }

  /** True if a frame has begun to arrive and is not complete. */
  public boolean isAmidFrame() {
    assert isEventLoop();
    return state != State.ENDED && !header.isEmpty();
  }

  /** How many bytes arrived, whatever became of them. */
  public long bytesRead() {
    assert isEventLoop();
    return bytesRead;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    assert isEventLoop();
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    bytesRead += bytes.readableBytes();
    if (state == State.ENDED) {
      bytes.release();
      return;
    }
    undecoded.add(bytes);
    if (decoding || state == State.PAUSED) {
      undecoded.fitLast(context.alloc());
    } else {
      decode();
    }
    arrived.run();
  }

  /** Every step looks at the state anew: delivering a message may pause, resume or end this. */
  private void decode() {
    decoding = true;
    try {
      while (state == State.OPEN && !undecoded.isEmpty()) {
        Message message = next(undecoded.first());
        if (state == State.OPEN && !undecoded.first().isReadable()) {
          undecoded.releaseFirst();
        }
        if (message != null) {
          context.fireChannelRead(message);
        }
      }
    } finally {
      decoding = false;
    }
    if (!undecoded.isEmpty()) {
      undecoded.fitFirst(context.alloc());
    }
  }

  /** The next message; null if the bytes are used up before it is complete, or break the rules. */
  private Message next(ByteBuf bytes) {
    try {
      if (!header.isComplete()) {
        if (!header.fill(bytes)) {
          return null;
        }
        payload.begin();
      }
      if (!payload.fill(bytes)) {
        return null;
      }
      Message message = payload.take();
      header.clear();
      return message;
    } catch (RuntimeException | Error failure) {
      // Out of memory and our own bugs end it too: after either, the place in the stream is lost.
      end();
      context.fireExceptionCaught(failure);
      return null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }

  private void end() {
    state = State.ENDED;
    payload.discard();
    undecoded.discard();
  }

  private boolean isEventLoop() {
    return context == null || context.executor().inEventLoop();
  }
}
