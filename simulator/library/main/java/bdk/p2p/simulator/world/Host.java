package bdk.p2p.simulator.world;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.MemoryStorage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One simulated machine: an address, an upload and a download link, a storage, and the node
 * processes that run on it. The driver's thread only.
 */
public final class Host {
  private final World world;
  private final int index;
  private final InetAddress address;
  private final SerialLink upload;
  private final SerialLink download;
  private final Ports ports = new Ports();
  private final Map<Integer, SimServerChannel> listeners = new TreeMap<>();
  private final MemoryStorage storage = new MemoryStorage();
  private final Set<VirtualEnvironment> processes = new LinkedHashSet<>();
  private int processesEver;
  private boolean up = true;
  private Duration clockSkew = Duration.ZERO;
  private String name;

  Host(World world, int index, InetAddress address, long uploadBits, long downloadBits) {
    this.world = world;
    this.index = index;
    this.name = "host " + index;
    this.address = address;
    this.upload = new SerialLink(uploadBits);
    this.download = new SerialLink(downloadBits);
  }

  /** Hosts are numbered from 0 in the order in which they were made. */
  public int index() {
    return index;
  }

  public InetAddress address() {
    return address;
  }

  /** What to call it and the processes that it runs from now on, in messages. */
  public void name(String value) {
    name = value;
  }

  /** In bits per second; 0 means unlimited. */
  public long uploadBitsPerSecond() {
    return upload.bitsPerSecond();
  }

  /** In bits per second; 0 means unlimited. */
  public long downloadBitsPerSecond() {
    return download.bitsPerSecond();
  }

  public boolean isUp() {
    return up;
  }

  /**
   * Starts a node process: everything that it gets from the world. Each call starts another one; a
   * node that is restarted needs a new one.
   *
   * @throws IllegalStateException if the host is down
   */
  public Environment environment() {
    world.timeline().assertDriver();
    if (!up) {
      throw new IllegalStateException(this + " is down");
    }
    VirtualEnvironment process = new VirtualEnvironment(world, this, processesEver++);
    processes.add(process);
    return process;
  }

  /**
   * Power off, now. Nothing that its processes had planned ever runs, their listeners and
   * connections are gone, and nobody is told: a peer notices when it times out, or when a segment
   * of its own reaches the host after a {@link #restart}. Does nothing if the host is down.
   */
  public void crash() {
    world.timeline().assertOutsideLoops();
    if (up) {
      up = false;
      world.network().record(this, TraceEvent.CRASHED, 0);
      endProcesses();
      world.network().onPowerOff(this);
    }
  }

  /**
   * The processes die, now; the machine stays on and resets their connections, and refuses new
   * ones. Does nothing if the host is down.
   */
  public void kill() {
    world.timeline().assertOutsideLoops();
    if (up) {
      endProcesses();
      world.network().onProcessesKilled(this);
    }
  }

  /**
   * What its processes have stored, which outlives them: they lose it only by its being cleared.
   */
  public MemoryStorage storage() {
    return storage;
  }

  /** The wall clock of this host's nodes is wrong by so much from now on. */
  public void skewClock(Duration offset) {
    world.timeline().assertDriver();
    clockSkew = offset;
  }

  /** How wrong the wall clock is. */
  Duration clockSkew() {
    return clockSkew;
  }

  /** Power on: the host is there again, without any process. Does nothing if it is up. */
  public void restart() {
    world.timeline().assertDriver();
    if (!up) {
      up = true;
      world.network().record(this, TraceEvent.RESTARTED, 0);
    }
  }

  @Override
  public String toString() {
    return name + " (" + address.getHostAddress() + ")";
  }

  World world() {
    return world;
  }

  SerialLink upload() {
    return upload;
  }

  SerialLink download() {
    return download;
  }

  Ports ports() {
    return ports;
  }

  /** Who listens on a port, or null. */
  SimServerChannel listener(int port) {
    return listeners.get(port);
  }

  void listen(int port, SimServerChannel listener) {
    listeners.put(port, listener);
    world.network().record(this, TraceEvent.LISTENING, port);
  }

  void stopListening(int port) {
    listeners.remove(port);
  }

  void processEnded(VirtualEnvironment process) {
    processes.remove(process);
  }

  int openChannels() {
    return processes.stream().mapToInt(VirtualEnvironment::openChannels).sum();
  }

  int pendingTimers() {
    return processes.stream().mapToInt(VirtualEnvironment::pendingTimers).sum();
  }

  /** Ends all processes as a power failure does. */
  void endProcesses() {
    List<VirtualEnvironment> dying = new ArrayList<>(processes);
    dying.forEach(VirtualEnvironment::die);
    processes.clear();
    listeners.clear();
    ports.releaseAll();
  }
}
