/**
 * Where a scenario runs: machines, time, and the network between them. One interface, one
 * implementation for each kind of backend; what runs on it does not know which one it is.
 */
package bdk.p2p.simulator.backend;
