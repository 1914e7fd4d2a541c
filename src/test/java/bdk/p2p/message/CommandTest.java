package bdk.p2p.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  void protocolsCommandsAreConstantsWithNames() {
    assertSame(Command.PING, Command.of(0));
    assertSame(Command.REQUEST_BLOCK, Command.of(9));
    assertEquals("RequestValidatorTxs", Command.of(3).toString());
    assertEquals("Command 4096", Command.of(Command.FIRST_FREE).toString());
    assertTrue(Command.of(9).isOfProtocol());
    assertFalse(Command.of(10).isOfProtocol());
  }

  @Test
  void codeHasSixteenBits() {
    assertEquals(65535, Command.of(65535).code());
    assertThrows(IllegalArgumentException.class, () -> Command.of(65536));
    assertThrows(IllegalArgumentException.class, () -> Command.of(-1));
  }

  @Test
  void blockRangeIsReadAsItIsWritten() {
    BlockRange range = new BlockRange(2, -1, 1000);
    ByteBuffer bytes = range.encode();
    assertEquals(BlockRange.BYTES, bytes.remaining());
    assertEquals(range, BlockRange.decode(bytes));
    assertEquals(BlockRange.BYTES, bytes.remaining());
    ByteBuffer within = ByteBuffer.allocate(30).put(5, bytes, 0, 24).position(5).limit(29);
    assertEquals(range, BlockRange.decode(within));
    assertThrows(IllegalArgumentException.class, () -> BlockRange.decode(ByteBuffer.allocate(23)));
  }
}
