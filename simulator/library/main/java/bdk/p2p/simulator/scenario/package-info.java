/**
 * What is to be simulated, as data: nodes, regions, workload, crashes, bounds; read from YAML files
 * with errors that name file, line and what was expected.
 *
 * <p>Never runs anything.
 */
package bdk.p2p.simulator.scenario;
