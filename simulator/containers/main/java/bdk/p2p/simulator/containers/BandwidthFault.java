package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Bandwidth;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Narrow links, made by the token bucket filter of tc. Driver's thread only. */
final class BandwidthFault implements MadeFault {
  /**
   * The links that a machine has without a fault, 0 for no limit.
   *
   * @param upload bits a second
   * @param download bits a second
   */
  record Links(long upload, long download) {}

  private final Bandwidth fault;
  private final List<Pod> victims;
  private final List<Links> before;
  private final long waitedBefore;
  private long waited = -1;

  private BandwidthFault(Bandwidth fault, List<Pod> victims, List<Links> before) {
    this.fault = fault;
    this.victims = victims;
    this.before = before;
    this.waitedBefore = waitedEver();
  }

  static BandwidthFault begin(Bandwidth fault, List<Pod> victims, List<Links> before) {
    BandwidthFault begun = new BandwidthFault(fault, victims, before);
    begun.onEach(
        index ->
            Shaping.upload(narrower(fault.uploadBitsPerSecond(), before.get(index).upload()))
                + Shaping.download(
                    narrower(fault.downloadBitsPerSecond(), before.get(index).download())));
    return begun;
  }

  /** 0 if the fault does not limit it. */
  private static long narrower(long limit, long before) {
    return limit == 0 || before == 0 ? limit : Math.min(limit, before);
  }

  private interface Script {
    String of(int index);
  }

  private void onEach(Script script) {
    List<Integer> indexes = IntStream.range(0, victims.size()).boxed().toList();
    SideBySide.run(indexes, index -> victims.get(index).shell(script.of(index)));
  }

  private long waitedEver() {
    AtomicLong sum = new AtomicLong();
    ToLongFunction<Pod> waits = pod -> Long.parseLong(pod.shell(Shaping.WAITED).strip());
    SideBySide.run(victims, pod -> sum.addAndGet(waits.applyAsLong(pod)));
    return sum.get();
  }

  /** How often something had to wait for its turn. */
  @Override
  public long bites() {
    return waited < 0 ? Math.max(0, waitedEver() - waitedBefore) : waited;
  }

  @Override
  public void end() {
    waited = bites();
    onEach(
        index -> {
          Links links = before.get(index);
          String script = "";
          if (fault.uploadBitsPerSecond() > 0) {
            script += links.upload() == 0 ? Shaping.noUpload() : Shaping.upload(links.upload());
          }
          if (fault.downloadBitsPerSecond() > 0) {
            script +=
                links.download() == 0 ? Shaping.noDownload() : Shaping.download(links.download());
          }
          return script;
        });
  }
}
