/** Runs nodes in containers through Testcontainers and reads what they print. */
package bdk.p2p.simulator.containers;
