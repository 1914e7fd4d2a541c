package bdk.p2p.wire;

/**
 * In the place of a handshake came the beginning of a TLS record. The message names its first byte.
 * Has no stack trace, like {@link ProtocolViolation}.
 */
public final class UnexpectedTls extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int RECORD_MAJOR = 3;
  private static final int RECORD_MINOR = 4;
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;

  UnexpectedTls(int first) {
    super(
        "the peer speaks TLS, this node does not: its first byte is 0x%02x, %s"
            .formatted(first, first == HANDSHAKE ? "a TLS handshake" : "a TLS alert"),
        null,
        false,
        false);
  }

  /**
   * Whether the three bytes that should be a handshake begin a TLS record. As a handshake they
   * would be a node of type 0x15 or 0x16 on a port from 768 to 772; nodes send the types 0x00 and
   * 0x01 only.
   */
  static boolean isBegunBy(byte[] handshake) {
    return (handshake[0] == ALERT || handshake[0] == HANDSHAKE)
        && handshake[1] == RECORD_MAJOR
        && handshake[2] >= 0
        && handshake[2] <= RECORD_MINOR;
  }
}
