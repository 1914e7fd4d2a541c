package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Holds on to each frame that many peers get. */
final class ForgottenFrames extends DelegatingEnvironment {
  ForgottenFrames(Environment real) {
    super(real);
  }

  @Override
  public ByteBufAllocator allocator() {
    ByteBufAllocator real = super.allocator();
    return new AbstractByteBufAllocator() {
      @Override
      protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return real.heapBuffer(initialCapacity, maxCapacity).retain();
      }

      @Override
      protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return real.directBuffer(initialCapacity, maxCapacity).retain();
      }

      @Override
      public boolean isDirectBufferPooled() {
        return real.isDirectBufferPooled();
      }
    };
  }
}
