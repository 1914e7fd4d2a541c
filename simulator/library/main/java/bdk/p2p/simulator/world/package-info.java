/**
 * The virtual-time world: unmodified Netty-based nodes run in it, all in one thread, on one agenda
 * of events that is totally ordered by time and sequence.
 *
 * <p>{@link bdk.p2p.simulator.world.World} is the door. It makes {@link
 * bdk.p2p.simulator.world.Host}s; a host makes an environment for each node process that runs on
 * it. Sockets are FIFO byte streams with a finite window, latency, bandwidth, refusal and resets.
 * The same seed and the same calls give the same trace digest, on every machine.
 *
 * <p>Knows nothing of scenarios, faults, claims or reports, and nothing of what the nodes say to
 * each other. Never blocks, never sleeps, never reads a real clock and never starts a thread.
 */
package bdk.p2p.simulator.world;
