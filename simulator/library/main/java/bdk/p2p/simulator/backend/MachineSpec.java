package bdk.p2p.simulator.backend;

/**
 * A machine to be made.
 *
 * @param index its number, from 0, without gaps; latencies are asked by it
 * @param downloadBitsPerSecond 0 for no limit
 * @param uploadBitsPerSecond 0 for no limit
 */
public record MachineSpec(int index, long downloadBitsPerSecond, long uploadBitsPerSecond) {}
