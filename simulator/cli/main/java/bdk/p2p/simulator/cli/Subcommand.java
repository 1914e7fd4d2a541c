package bdk.p2p.simulator.cli;

/**
 * A command of {@code bdk-sim} that has a module of its own, found as a service: a class with
 * picocli's annotations.
 */
public interface Subcommand {}
