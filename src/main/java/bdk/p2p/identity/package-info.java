/**
 * Who a peer is, proved: keys and certificates out of files, whom to trust, and the TLS 1.3 beneath
 * a session. Time and chance come from the environment.
 *
 * <p>Floor 1, above {@code environment}. Knows channels and certificates; never sees a frame, and
 * never decides which peers a node wants.
 */
package bdk.p2p.identity;
