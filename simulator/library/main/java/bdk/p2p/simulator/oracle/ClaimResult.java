package bdk.p2p.simulator.oracle;

/**
 * What became of a claim.
 *
 * @param name the claim
 * @param held whether it held
 * @param detail the evidence, with figures
 */
public record ClaimResult(String name, boolean held, String detail) {}
