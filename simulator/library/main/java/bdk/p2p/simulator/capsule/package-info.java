/**
 * What to do about a claim that breaks: searching for one with random scenarios, making the run
 * that breaks it small, and keeping it so that it can be run again. Runs scenarios; knows nothing
 * of how they are drawn.
 */
package bdk.p2p.simulator.capsule;
