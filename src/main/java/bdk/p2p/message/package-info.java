/**
 * What peers say to each other, as immutable values: messages, commands, identities and reasons.
 *
 * <p>Floor 0. Uses the JDK only; knows nothing of sockets, threads or time. Everything here may be
 * used by any thread and kept for ever.
 */
package bdk.p2p.message;
