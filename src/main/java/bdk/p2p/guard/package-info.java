/**
 * Who may come in, and who is kept out: how often an address and its network may connect, how often
 * an address has misbehaved lately, and for how long it is banned.
 *
 * <p>Floor 3, below {@code dispatch}. Knows addresses, never ports: those are claims. Decides
 * nothing about peers, closes nothing; whoever asks does what follows.
 */
package bdk.p2p.guard;
