/**
 * Runs a scenario: places real nodes in a world, drives it, and writes down what happens.
 *
 * <p>Draws every choice from the world's streams; judges nothing, that is for the claims.
 */
package bdk.p2p.simulator.run;
