/**
 * The door for tests of other people's protocols: a network of real nodes that run the caller's
 * handlers, in virtual time, the same way for the same seed.
 *
 * <p>Names types of the JDK, of {@code bdk.p2p} and of the packages {@code fault} and {@code
 * scenario} only; what drives the world behind it is nobody's business.
 */
package bdk.p2p.simulator;
