/**
 * Everything outside a node or left to chance, behind one interface: sockets, event loops, workers,
 * timers, clocks, randomness and name resolution.
 *
 * <p>Floor 1, beside {@code wire}. Exported to the simulator alone, which supplies a virtual
 * implementation; {@link bdk.p2p.environment.SystemEnvironment} is the real one. Never decides
 * anything about peers or messages.
 */
package bdk.p2p.environment;
