package bdk.p2p.simulator.laws;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Places that look like a leak and are none, each with the reason. */
final class Reviewed {
  private Reviewed() {}

  private record Place(Leak leak, String where, String what, String reason) {}

  private static final String LOOKED_UP = "looked up, never iterated";
  private static final String NAMES_TAKEN = "asked whether a name is taken, never iterated";
  private static final String LITERAL = "given an address in digits, which asks no name service";
  private static final String OWN_WORDS =
      "numbers, times and names, which have a text of their own";
  private static final String FILES = "a file before or beside the world, never in it";

  private static final String KEYS = "a key file, read while a node is described";

  private static final List<Place> PLACES =
      List.of(
          new Place(
              Leak.WALL_CLOCK,
              "simulator.world.Watchdog",
              "System.nanoTime",
              "watches the world in real time, beside it; a run that it ends has failed"),
          new Place(
              Leak.THREADS,
              "simulator.world.Watchdog",
              "CountDownLatch.await",
              "watches the world in real time, beside it; a run that it ends has failed"),
          new Place(
              Leak.THREADS,
              "simulator.world.Watchdog",
              "Thread.<init>",
              "watches the world in real time, beside it; a run that it ends has failed"),
          new Place(
              Leak.THREADS,
              "simulator.world.Watchdog",
              "Thread.start",
              "watches the world in real time, beside it; a run that it ends has failed"),
          new Place(
              Leak.THREADS,
              "manager.WorkerFuture",
              "CompletableFuture.get",
              "asks the environment first, and a virtual one drives its world or refuses"),
          new Place(
              Leak.CHANCE,
              "simulator.world.SeededSecrets$Seeded",
              "SecureRandom.<init>",
              "gets all its numbers from a stream of the world"),
          new Place(Leak.SURROUNDINGS, "identity.KeyFiles", "Files.readAllBytes", KEYS),
          new Place(Leak.SURROUNDINGS, "identity.KeyFiles", "Files.size", KEYS),
          new Place(Leak.SURROUNDINGS, "budget.AddressBlock", "InetAddress.getByName", LITERAL),
          new Place(Leak.HASH_ORDER, "peer.AddressBook", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.backend.ConnectionLog", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER,
              "simulator.backend.ThreadWatch",
              "Collectors.toSet",
              "threads that a run has left, which breaks a claim whatever their order"),
          new Place(Leak.HASH_ORDER, "simulator.oracle.AlteredSessions", "Set.of", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.DisturbedTimes", "HashSet.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.oracle.DisturbedTimes", "Set.copyOf", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.HandledOnce", "IdentityHashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.NobodyPunished", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.OneSessionPerPeer", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.OneSessionPerPeer", "HashSet.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.oracle.OrderKept", "IdentityHashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.oracle.Sometimes", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.run.DeliveryBound", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.run.Topology", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.IDENTITY, "simulator.scenario.FaultText", "Object.toString", OWN_WORDS),
          new Place(Leak.IDENTITY, "simulator.scenario.OptionFields", "Object.toString", OWN_WORDS),
          new Place(
              Leak.HASH_ORDER, "simulator.scenario.RegionFields", "HashSet.<init>", NAMES_TAKEN),
          new Place(
              Leak.HASH_ORDER, "simulator.fault.Bandwidth$Queues", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.fault.SlowReader$Readers", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.fault.Stall$Standstill", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.WALL_CLOCK,
              "simulator.run.ScenarioRunner",
              "System.nanoTime",
              "measures the real time that a run took, for the report only"),
          new Place(
              Leak.IDENTITY,
              "simulator.world.VirtualTask",
              "System.identityHashCode",
              "a key of a LinkedHashMap, whose order is that of insertion"),
          new Place(Leak.HASH_ORDER, "manager.CommandTable", "Map.copyOf", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "manager.ManagerBuilder", "Map.copyOf", "for CommandTable"),
          new Place(Leak.HASH_ORDER, "manager.Handlers", "Set.of", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "manager.Handles", "ConcurrentHashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "manager.Node", "ConcurrentHashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER,
              "manager.PeerBook",
              "ConcurrentHashMap.<init>",
              "iterated to wait for all of them together, which has no order"),
          new Place(Leak.HASH_ORDER, "peer.AddressBook", "HashSet.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "peer.Contests", "ConcurrentHashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER,
              "session.PendingRequests",
              "LongObjectHashMap.<init>",
              "keys are numbers of the environment's chance, which hash the same everywhere"),
          new Place(Leak.HASH_ORDER, "simulator.run.BroadcastRecord", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.HASH_ORDER, "simulator.scenario.FaultFields", "HashSet.<init>", NAMES_TAKEN),
          new Place(
              Leak.HASH_ORDER, "simulator.scenario.NodeFields", "HashSet.<init>", NAMES_TAKEN),
          new Place(
              Leak.HASH_ORDER, "simulator.scenario.ScenarioRules", "HashSet.<init>", NAMES_TAKEN),
          new Place(
              Leak.HASH_ORDER, "simulator.scenario.WorkloadFields", "HashSet.<init>", NAMES_TAKEN),
          new Place(Leak.HASH_ORDER, "simulator.world.Names", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.world.Network", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.world.SocketOptions", "HashMap.<init>", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.world.SocketOptions", "Set.of", LOOKED_UP),
          new Place(Leak.HASH_ORDER, "simulator.world.World", "HashMap.<init>", LOOKED_UP),
          new Place(
              Leak.SURROUNDINGS,
              "manager.ManagerOptions$Builder",
              "Runtime.availableProcessors",
              "the default of threads that only the real environment has"),
          new Place(Leak.SURROUNDINGS, "message.NodeId", "InetAddress.getByName", LITERAL),
          new Place(Leak.SURROUNDINGS, "simulator.world.Names", "InetAddress.getByName", LITERAL),
          new Place(
              Leak.SURROUNDINGS, "simulator.scenario.ScenarioFile", "Files.isDirectory", FILES),
          new Place(
              Leak.SURROUNDINGS, "simulator.scenario.ScenarioFile", "Files.readString", FILES),
          new Place(Leak.SURROUNDINGS, "simulator.trace.TraceFile", "Files.newOutputStream", FILES),
          new Place(
              Leak.SURROUNDINGS, "simulator.trace.TraceReader", "Files.newInputStream", FILES));

  static Set<String> places(Leak leak) {
    Set<String> places = new TreeSet<>();
    for (Place place : PLACES) {
      if (place.leak() == leak) {
        places.add(place.where() + " " + place.what());
      }
    }
    return places;
  }
}
