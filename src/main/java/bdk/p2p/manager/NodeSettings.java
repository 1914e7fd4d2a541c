package bdk.p2p.manager;

import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the builder collected.
 *
 * @param type what the node serves
 * @param options bounds and times
 * @param commands what is special about single commands
 * @param handlers the application's handlers
 * @param listeners the application's listeners; at least one
 * @param chainHead the application's chain head
 * @param seeds where to begin
 * @param expected who must be at which id
 * @param admission the operator's rule, if there is one
 * @param tls keys and trust; plaintext without
 * @param announced the id that the node wants to be known by, if any
 */
record NodeSettings(
    NodeType type,
    ManagerOptions options,
    Map<Command, CommandOptions> commands,
    Handlers handlers,
    List<NodeListener> listeners,
    Supplier<ChainHead> chainHead,
    List<NodeId> seeds,
    Map<NodeId, PeerIdentity> expected,
    Optional<AdmissionRule> admission,
    Optional<TlsOptions> tls,
    Optional<NodeId> announced) {}
