/**
 * What goes over the wire, byte for byte: handshake, frames, and the payloads of the protocol's own
 * commands.
 *
 * <p>Floor 1. Every byte from a peer is validated here, once; the floors above trust the types they
 * get. A breach is a {@link bdk.p2p.wire.ProtocolViolation} that names the place, the limit and the
 * actual value. Memory follows the bytes that came, never the lengths that a peer claims.
 *
 * <p>Never reads clocks, never decides on peers: what a breach leads to is the session's affair.
 */
package bdk.p2p.wire;
