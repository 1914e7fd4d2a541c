/**
 * Broadcasts at first sight: recognised by a strong hash, judged by the application once, relayed
 * to everybody but the sender.
 *
 * <p>Floor 3, above {@code peer}. Never trusts the id on the wire to tell two broadcasts apart.
 */
package bdk.p2p.broadcast;
