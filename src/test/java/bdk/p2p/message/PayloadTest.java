package bdk.p2p.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private final Message message =
      new Broadcast(Command.of(5000), ByteBuffer.wrap(new byte[] {1, 2, 3}));

  @Test
  void isCopiedFromTheBuffersPositionOn() {
    ByteBuffer target = ByteBuffer.allocate(5);
    target.position(1);
    message.copyPayloadTo(target);
    assertEquals(4, target.position());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, target.array());
  }

  @Test
  void isNotCopiedWhereThereIsNoRoomForIt() {
    assertThrows(
        BufferOverflowException.class, () -> message.copyPayloadTo(ByteBuffer.allocate(2)));
    ByteBuffer readOnly = ByteBuffer.allocate(3).asReadOnlyBuffer();
    assertThrows(ReadOnlyBufferException.class, () -> message.copyPayloadTo(readOnly));
  }
}
