/**
 * The trace of a run as a file: every event on the network in its order, for people and for
 * comparing two runs. Knows nothing of worlds and nodes but numbers and names; never decides
 * anything.
 */
package bdk.p2p.simulator.trace;
