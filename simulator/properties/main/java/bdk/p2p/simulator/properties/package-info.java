/**
 * Random scenarios: arbitraries of jqwik for a scenario and each of its parts. What they draw can
 * be run; they never run anything.
 */
package bdk.p2p.simulator.properties;
