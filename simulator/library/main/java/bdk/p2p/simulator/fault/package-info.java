/**
 * What can go wrong: one kind of fault a file, and the words in which faults talk to a network. A
 * fault is data until it begins; it never touches a node or a socket itself, only what its context
 * offers, so that it works on every backend that has the abilities it needs.
 */
package bdk.p2p.simulator.fault;
