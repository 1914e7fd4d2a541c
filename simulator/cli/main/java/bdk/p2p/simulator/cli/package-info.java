/**
 * The command line. Each command is one class; exit codes are 0 for success, 1 for a broken claim,
 * 2 for bad usage or a bad scenario, 70 for a failure of our own.
 */
package bdk.p2p.simulator.cli;
