package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.fault.NodeControl;
import bdk.p2p.simulator.fault.Rule;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Lets drawn faults begin and end, and counts how often each bit. Driver's thread only. */
final class FaultDriver {
  private final Backend backend;
  private final RunLog log;
  private final FaultOrders orders;
  private final List<Occurrence> occurrences = new ArrayList<>();
  private int on;

  FaultDriver(Backend backend, RunLog log, NodeControl nodes) {
    this.backend = backend;
    this.log = log;
    this.orders = new FaultOrders(nodes);
  }

  /**
   * Puts a fault on the timetable.
   *
   * @throws ScenarioException if the backend cannot make it
   */
  void plan(DrawnFault fault, Timetable timetable) {
    Occurrence occurrence = add(fault, fault.untilNanos());
    timetable.at(fault.fromNanos(), occurrence::begin);
    timetable.at(fault.untilNanos(), occurrence::end);
  }

  /**
   * A fault that somebody else lets begin and end.
   *
   * @throws ScenarioException if the backend cannot make it
   */
  Occurrence add(DrawnFault fault) {
    return add(fault, Long.MAX_VALUE);
  }

  private Occurrence add(DrawnFault fault, long untilNanos) {
    requireAbility(fault, backend);
    Occurrence occurrence = new Occurrence(fault, untilNanos);
    occurrences.add(occurrence);
    return occurrence;
  }

  static void requireAbility(DrawnFault fault, Backend backend) {
    backend
        .missingFor(fault.fault())
        .ifPresent(
            missing -> {
              throw new ScenarioException(
                  "the backend %s cannot make the fault '%s' of kind %s: %s"
                      .formatted(backend.name(), fault.id(), fault.fault().kind(), missing));
            });
  }

  /** Faults that are on now. */
  int onCount() {
    return on;
  }

  List<FaultOutcome> outcomes() {
    return occurrences.stream().map(Occurrence::outcome).toList();
  }

  /** One fault from its beginning to its end. */
  final class Occurrence implements FaultContext {
    private final DrawnFault fault;
    private final long untilNanos;
    private final Set<Integer> victims;
    private final RandomGenerator random;
    private final NodeControl nodes = orders.ofOne();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    // Rules are asked by any thread of a backend.
    private final AtomicLong bites = new AtomicLong();
    private Optional<MadeFault> made = Optional.empty();
    private boolean began;
    private boolean ended;

    private Occurrence(DrawnFault fault, long untilNanos) {
      this.fault = fault;
      this.untilNanos = untilNanos;
      this.victims = new LinkedHashSet<>(fault.victims());
      this.random = new SplittableRandom(fault.seed());
    }

    /** Does nothing after {@link #end}. */
    void begin() {
      if (ended) {
        return;
      }
      began = true;
      on++;
      log.tell(new RunEvent.FaultBegan(backend.nowNanos(), fault));
      made = backend.make(fault);
      if (made.isEmpty()) {
        fault.fault().begin(this);
      }
    }

    /** Does nothing a second time. */
    void end() {
      if (ended) {
        return;
      }
      ended = true;
      if (!began) {
        return;
      }
      if (made.isPresent()) {
        made.get().end();
      } else {
        rules.forEach(backend.rules()::remove);
        endings.forEach(Runnable::run);
        fault.fault().end(this);
      }
      on--;
      log.tell(new RunEvent.FaultEnded(backend.nowNanos(), fault));
    }

    boolean isOn() {
      return began && !ended;
    }

    FaultOutcome outcome() {
      return new FaultOutcome(fault, began, bites.get() + made.map(MadeFault::bites).orElse(0L));
    }

    @Override
    public Set<Integer> victims() {
      return victims;
    }

    @Override
    public long untilNanos() {
      return untilNanos;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public void rule(Rule rule) {
      rules.add(rule);
      backend.rules().add(rule);
    }

    @Override
    public int cut(RuleBook.EndsFilter ends) {
      return backend.rules().cut(ends);
    }

    @Override
    public void atEnd(Runnable action) {
      endings.add(action);
    }

    @Override
    public NodeControl nodes() {
      return nodes;
    }

    @Override
    public void bit() {
      bites.incrementAndGet();
    }
  }
}
