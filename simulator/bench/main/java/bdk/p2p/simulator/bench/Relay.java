package bdk.p2p.simulator.bench;

/** Passes on each broadcast of whom it is dialled by, to whom it has dialled. */
interface Relay extends Listener {}
