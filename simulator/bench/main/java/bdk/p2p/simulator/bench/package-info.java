/**
 * The bench: every case is measured for the library and for baselines by turns, each with two
 * processes of its own on loopback, and judged by the ratio to a bare Netty pipeline of the same
 * framing in the same run.
 *
 * <pre>
 *  BenchCommand - Bench -+- WorkerProcess "respond" -- Worker - Responder of a Contender
 *                        +- WorkerProcess "drive" ---- Worker - Driver of a Contender
 *                        +- Floors, BenchResult
 * </pre>
 */
package bdk.p2p.simulator.bench;
