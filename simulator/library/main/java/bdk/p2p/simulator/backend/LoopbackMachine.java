package bdk.p2p.simulator.backend;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.MemoryStorage;
import bdk.p2p.simulator.world.SerialLink;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One loopback address and the node processes that run there. Driver's thread only, but for what
 * its channels ask.
 */
final class LoopbackMachine implements Machine {
  private final LoopbackNetwork network;
  private final int index;
  private final InetAddress address;
  private final SerialLink upload;
  private final SerialLink download;
  private final MemoryStorage storage = new MemoryStorage();
  private volatile Duration skew = Duration.ZERO;
  private final Clock clock = new LoopbackClock(ZoneOffset.UTC, () -> skew);
  private final Set<LoopbackEnvironment> processes = ConcurrentHashMap.newKeySet();

  LoopbackMachine(LoopbackNetwork network, InetAddress address, MachineSpec spec) {
    this.network = network;
    this.index = spec.index();
    this.address = address;
    this.upload = new SerialLink(spec.uploadBitsPerSecond());
    this.download = new SerialLink(spec.downloadBitsPerSecond());
  }

  int index() {
    return index;
  }

  LoopbackNetwork network() {
    return network;
  }

  SerialLink upload() {
    return upload;
  }

  SerialLink download() {
    return download;
  }

  /** Right but for the skew. */
  Clock clock() {
    return clock;
  }

  /** What its processes have stored. */
  MemoryStorage storage() {
    return storage;
  }

  @Override
  public void forget() {
    storage.clear();
  }

  @Override
  public InetAddress address() {
    return address;
  }

  @Override
  public Environment environment() {
    LoopbackEnvironment process = new LoopbackEnvironment(this);
    processes.add(process);
    return process;
  }

  void ended(LoopbackEnvironment process) {
    processes.remove(process);
  }

  /** Not to be had: the kernel says goodbye for every process. */
  @Override
  public void powerOff() {
    throw new UnsupportedOperationException("a machine of the backend loopback has no switch");
  }

  /** It always is. */
  @Override
  public void powerOn() {}

  @Override
  public void kill() {
    beginKill();
    List.copyOf(processes).forEach(LoopbackEnvironment::awaitDeath);
  }

  /** The first half of {@link #kill}, which takes no time. */
  void beginKill() {
    processes.forEach(LoopbackEnvironment::die);
  }

  /** Channels that its processes have open, listening ones included. */
  int openChannels() {
    return processes.stream().mapToInt(LoopbackEnvironment::openChannels).sum();
  }

  /** Timers that its processes have, of their schedulers and of their loops; a loop counts once. */
  int pendingTimers() {
    return processes.stream().mapToInt(LoopbackEnvironment::pendingTimers).sum();
  }

  /** What workers of its processes have not finished. */
  int pendingTasks() {
    return processes.stream().mapToInt(LoopbackEnvironment::pendingTasks).sum();
  }

  @Override
  public void skewClock(Duration offset) {
    skew = offset;
  }
}
