/**
 * Finding peers, and telling them of ourselves.
 *
 * <p>Floor 3, above {@code broadcast}. Runs on timers of one event loop; never blocks, dials
 * through what the floor above supplies.
 */
package bdk.p2p.discovery;
