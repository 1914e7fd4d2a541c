/**
 * Budgets of rates: how much of something may happen in how much time.
 *
 * <p>Floor 0, beside {@code message}; JDK only. Has no clock: whoever asks says what time it is.
 * Never decides what follows when a budget is spent.
 */
package bdk.p2p.budget;
