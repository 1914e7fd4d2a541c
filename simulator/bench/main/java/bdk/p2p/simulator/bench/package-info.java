/**
 * The bench: every case is measured for the library and for baselines by turns, each in processes
 * of its own on loopback, and judged by the ratio to a bare Netty pipeline of the same framing in
 * the same run.
 *
 * <pre>
 *  BenchCommand - Bench - Scene of a Contender -+- WorkerProcess "respond" - Worker - Responder
 *                  |                            +- WorkerProcess "drive" --- Worker - Driver
 *                  |                            +- "send", "receive", "relay", "ends"
 *                  +- BenchResult, Floors
 * </pre>
 */
package bdk.p2p.simulator.bench;
