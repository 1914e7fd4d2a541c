/**
 * The fleet of containers: machines, networks and faults made by a container engine, through
 * Testcontainers. What a node does in its container reaches the run over the control connection of
 * {@code bdk.p2p.simulator.remote}.
 */
package bdk.p2p.simulator.containers;
