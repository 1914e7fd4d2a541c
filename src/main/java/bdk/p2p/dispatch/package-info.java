/**
 * From a message that was read to the code that handles it: in order per session, on workers,
 * within the session's share.
 *
 * <p>Floor 3. Knows routes, not applications; holds no lock while a route runs.
 */
package bdk.p2p.dispatch;
