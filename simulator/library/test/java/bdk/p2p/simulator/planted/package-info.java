/**
 * Bugs that are planted into nodes from outside, to show that the claims notice them. Nothing here
 * is ever part of a node that is shipped.
 */
package bdk.p2p.simulator.planted;
