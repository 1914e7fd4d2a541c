package bdk.p2p.simulator;

/** A claim that is broken by what a test sees happen. The simulation's thread only. */
public final class Claim {
  private final Claims claims;
  private final String name;

  Claim(Claims claims, String name) {
    this.claims = claims;
    this.name = name;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Something has happened that must not; the first counts. May be called by handlers. */
  public void broken(String detail) {
    claims.broken(name, detail, null);
  }
}
