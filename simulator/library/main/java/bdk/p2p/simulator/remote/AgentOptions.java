package bdk.p2p.simulator.remote;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent needs to know before anybody tells it anything. Immutable.
 *
 * @param control where it listens for the control connection
 * @param token what whoever commands it must know
 * @param storage where its node stores what it wants to find again; in memory if there is none
 * @param resident the node that it starts by itself; it waits to be told if there is none
 */
public record AgentOptions(
    InetSocketAddress control, String token, Optional<Path> storage, Optional<Resident> resident) {}
