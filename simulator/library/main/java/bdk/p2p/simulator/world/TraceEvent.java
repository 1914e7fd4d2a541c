package bdk.p2p.simulator.world;

/** What the trace tells apart. The codes are part of the digest: never change one. */
enum TraceEvent {
  DIALLED(1),
  ACCEPTED(2),
  CONNECTED(3),
  REFUSED(4),
  BYTES(5),
  FIN(6),
  RESET(7),
  CRASHED(8),
  RESTARTED(9),
  LISTENING(10);

  private final byte code;

  TraceEvent(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }
}
