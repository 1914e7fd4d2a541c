package bdk.p2p.simulator.run;

import bdk.p2p.message.Command;
import bdk.p2p.message.PayloadList;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the workload's messages say about themselves.
 *
 * <pre>
 *  broadcast     index of its record u64, random u64 changed by the run's salt, random bytes
 *  answer        one block: index of the answering node u32, zeros
 *  notification  index of the sender u32, running number u64, number of its life u32, zeros
 * </pre>
 */
final class Payloads {
  static final Command NOTIFICATION = Command.of(Command.FIRST_FREE);
  static final int LEAST_BYTES = 16;

  private Payloads() {}

  /**
   * A broadcast.
   *
   * @param bytes at least {@value #LEAST_BYTES}
   * @param salt with another one it is another broadcast; with 0 it is as it was drawn
   */
  static ByteBuffer broadcast(long index, int bytes, RandomGenerator random, long salt) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    ByteBuffer payload = ByteBuffer.wrap(drawn);
    return payload.putLong(0, index).putLong(8, payload.getLong(8) ^ salt);
  }

  /** The index of a broadcast's record; -1 if it is too short to be one of the workload's. */
  static long index(ByteBuffer broadcast) {
    return broadcast.remaining() < LEAST_BYTES ? -1 : broadcast.getLong(broadcast.position());
  }

  static ByteBuffer answer(int node, int bytes) {
    return PayloadList.BLOCKS.join(List.of(ByteBuffer.allocate(bytes).putInt(0, node)));
  }

  /** Who made an answer; empty if it is none of the workload's. */
  static Optional<Integer> answerer(ByteBuffer answer) {
    try {
      return PayloadList.BLOCKS.split(answer).stream()
          .filter(block -> block.remaining() >= 4)
          .map(ByteBuffer::getInt)
          .findFirst();
    } catch (IllegalArgumentException notAList) {
      return Optional.empty();
    }
  }

  static ByteBuffer notification(int sender, long number, int life, int bytes) {
    return ByteBuffer.allocate(bytes).putInt(0, sender).putLong(4, number).putInt(12, life);
  }
}
