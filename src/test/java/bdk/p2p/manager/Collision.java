package bdk.p2p.manager;

import java.util.HexFormat;

/** Two payloads that get the same id on the wire; found by lattice reduction. */
final class Collision {
  private Collision() {}

  static byte[][] payloads() {
    HexFormat hex = HexFormat.of();
    return new byte[][] {
      hex.parseHex("6ab748024fa5720edc22e84a"), hex.parseHex("7269a21b4ca12304792eff51")
    };
  }
}
