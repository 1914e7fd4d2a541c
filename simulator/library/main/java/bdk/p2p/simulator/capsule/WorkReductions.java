package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Less work: fewer streams, slower ones, smaller messages. No state. */
final class WorkReductions {
  private static final int LEAST_BYTES = 16;

  private WorkReductions() {}

  static List<Case> less(Case one) {
    Scenario scenario = one.scenario();
    Workload work = scenario.workload();
    List<Workload> less = new ArrayList<>();
    for (List<Workload.Broadcasts> streams : FaultReductions.without(work.broadcasts())) {
      less.add(new Workload(streams, work.requests(), work.notifications()));
    }
    if (work.requests().isPresent()) {
      less.add(new Workload(work.broadcasts(), Optional.empty(), work.notifications()));
    }
    if (work.notifications().isPresent()) {
      less.add(new Workload(work.broadcasts(), work.requests(), Optional.empty()));
    }
    for (int index = 0; index < work.broadcasts().size(); index++) {
      addLess(less, work, index, scenario.duration());
    }
    return less.stream().map(other -> one.withScenario(scenario.withWorkload(other))).toList();
  }

  private static void addLess(List<Workload> less, Workload work, int index, Duration duration) {
    Workload.Broadcasts stream = work.broadcasts().get(index);
    if (stream.interval().compareTo(duration) < 0) {
      less.add(replaced(work, index, stream.bytes(), duration));
      Duration slower = stream.interval().multipliedBy(2);
      less.add(
          replaced(
              work, index, stream.bytes(), slower.compareTo(duration) < 0 ? slower : duration));
    }
    if (stream.bytes() > LEAST_BYTES) {
      less.add(replaced(work, index, LEAST_BYTES, stream.interval()));
      less.add(replaced(work, index, Math.max(LEAST_BYTES, stream.bytes() / 2), stream.interval()));
    }
  }

  private static Workload replaced(Workload work, int index, int bytes, Duration interval) {
    List<Workload.Broadcasts> streams = new ArrayList<>(work.broadcasts());
    Workload.Broadcasts stream = streams.get(index);
    streams.set(index, new Workload.Broadcasts(stream.name(), stream.command(), bytes, interval));
    return new Workload(streams, work.requests(), work.notifications());
  }
}
