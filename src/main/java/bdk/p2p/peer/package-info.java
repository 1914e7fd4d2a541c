/**
 * Who is connected: at most one session a peer, however many dials cross each other, and where
 * peers might be found.
 *
 * <p>Floor 3, above {@code dispatch}. Decides which session of a peer survives; never looks into a
 * message.
 */
package bdk.p2p.peer;
