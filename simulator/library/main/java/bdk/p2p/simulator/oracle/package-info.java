/**
 * What must hold of a run, one claim a file. A claim reads the record and says whether it held,
 * with the evidence; it changes nothing.
 */
package bdk.p2p.simulator.oracle;
