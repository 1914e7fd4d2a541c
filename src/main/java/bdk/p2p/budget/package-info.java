/**
 * What a node may hold or let pass in all, whoever asks for it: amounts that sessions share, and
 * rates. Knows neither peers nor sockets nor clocks.
 *
 * <p>Floor 0, beside {@code message}; any thread, no lock is held over a call out.
 */
package bdk.p2p.budget;
