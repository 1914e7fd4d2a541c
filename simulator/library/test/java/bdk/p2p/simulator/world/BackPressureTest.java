package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.buffer;
import static bdk.p2p.simulator.world.Rig.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelProgressivePromise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackPressureTest {
  private static final int WINDOW = 256 * 1024;

  @Test
  void theWindowAndNoMoreIsUnderWayWhileNothingIsRead() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      Channel writer = pair.dialler.channel;
      writer.writeAndFlush(buffer(randomBytes(WINDOW)));
      rig.runMillis(100);
      assertTrue(writer.isWritable());
      ChannelFuture more = writer.writeAndFlush(buffer(randomBytes(100_000)));
      rig.runMillis(60_000);
      assertFalse(writer.isWritable());
      assertFalse(more.isDone());
      assertEquals(0, pair.acceptor.chunkCount);
    }
  }

  @Test
  void theWriterResumesOneLatencyAfterTheReaderHasRead() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      byte[] sent = randomBytes(WINDOW + 100_000);
      ChannelFuture write = pair.dialler.channel.writeAndFlush(buffer(sent));
      rig.runMillis(1_000);
      pair.acceptor.channel.config().setAutoRead(true);
      long start = rig.world.now();
      Rig.assertHappensAt(rig.world, start + 10 * Rig.MILLI, write::isSuccess);
      rig.runMillis(1_000);
      assertArrayEquals(sent, pair.acceptor.bytes.toByteArray());
      // Netty may say "unwritable" more than once for a write from outside the loop.
      List<String> events = pair.dialler.events.stream().distinct().toList();
      assertEquals(List.of("active", "unwritable", "writable"), events);
    }
  }

  @Test
  void aReaderThatReadsOnceGetsOneChunk() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(100_000)));
      rig.runMillis(100);
      assertEquals(0, pair.acceptor.chunkCount);
      pair.acceptor.channel.read();
      rig.runMillis(100);
      assertEquals(1, pair.acceptor.chunkCount);
    }
  }

  @Test
  void theEndOfTheStreamWaitsForARead() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      pair.dialler.channel.close();
      rig.runMillis(100);
      assertTrue(pair.acceptor.channel.isActive());
      pair.acceptor.channel.read();
      rig.runMillis(0);
      assertFalse(pair.acceptor.channel.isActive());
    }
  }

  @Test
  void progressOfAWriteIsSeenBeforeItsEnd() {
    try (Rig rig = new Rig()) {
      Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
      pair.acceptor.channel.config().setAutoRead(false);
      List<Long> progress = new ArrayList<>();
      ChannelProgressivePromise promise = pair.dialler.channel.newProgressivePromise();
      promise.addListener(
          new io.netty.channel.ChannelProgressiveFutureListener() {
            @Override
            public void operationProgressed(
                io.netty.channel.ChannelProgressiveFuture future, long count, long total) {
              progress.add(count);
            }

            @Override
            public void operationComplete(io.netty.channel.ChannelProgressiveFuture future) {}
          });
      pair.dialler.channel.writeAndFlush(buffer(randomBytes(2 * WINDOW)), promise);
      rig.runMillis(100);
      assertFalse(promise.isDone());
      assertEquals(WINDOW, progress.get(progress.size() - 1));
    }
  }
}
