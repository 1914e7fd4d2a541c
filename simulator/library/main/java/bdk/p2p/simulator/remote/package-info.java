/**
 * Nodes in processes of their own, in containers or on other machines: the agent that runs beside
 * each, the control connection over which it is commanded and tells what happens, and the backend
 * that drives them.
 *
 * <p>Never sees the network under test: what a node does there reaches a run in the agent's words.
 */
package bdk.p2p.simulator.remote;
