/**
 * A run in figures: a report for programs, a summary for people. Computes from the record; never
 * touches a world.
 */
package bdk.p2p.simulator.report;
