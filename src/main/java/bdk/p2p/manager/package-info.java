/**
 * The door of the library: build a {@link bdk.p2p.manager.Manager}, register handlers, talk to
 * peers.
 *
 * <p>Floor 4, exported. Puts the floors below together and speaks to applications in JDK types
 * only. Handlers and listeners run on workers, never on an event loop and with no lock held.
 */
package bdk.p2p.manager;
