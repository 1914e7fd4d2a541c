/**
 * One connection to one peer, from the handshake to the close: what goes out, what is waited for,
 * what is held of what came in.
 *
 * <p>Floor 2. Everything that belongs to a session is confined to its event loop, except the doors
 * marked "Any thread". Never decides which of two sessions of a peer survives, never runs a
 * handler.
 */
package bdk.p2p.session;
