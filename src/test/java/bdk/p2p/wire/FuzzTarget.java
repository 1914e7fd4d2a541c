package bdk.p2p.wire;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * What is fuzzed, each with a corpus of its own below {@code test/resources/fuzz}. Another boundary
 * that takes bytes from peers gets its line here.
 */
enum FuzzTarget {
  HANDSHAKE(HandshakeTarget::fuzzerTestOneInput),
  FRAME(FrameTarget::fuzzerTestOneInput),
  MESSAGE(MessageTarget::fuzzerTestOneInput),
  NODE_LIST(NodeListTarget::fuzzerTestOneInput),
  NODE_INFO(NodeInfoTarget::fuzzerTestOneInput),
  TLS(TlsTarget::fuzzerTestOneInput);

  private final Consumer<byte[]> target;

  FuzzTarget(Consumer<byte[]> target) {
    this.target = target;
  }

  void check(byte[] data) {
    target.accept(data);
  }

  /** The name of its folder. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
