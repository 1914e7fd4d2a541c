/**
 * Peers of bad behaviour, one behaviour a file. They speak in raw bytes over channels of an
 * environment, so that they are the same in virtual time and over real sockets, and know nothing of
 * the nodes that they turn against but an address. They never touch anything else.
 */
package bdk.p2p.simulator.hostile;
