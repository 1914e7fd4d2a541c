package bdk.p2p.simulator.planted;

import static bdk.p2p.simulator.planted.FrameTap.is;
import static bdk.p2p.simulator.planted.FrameTap.ownCopy;
import static bdk.p2p.simulator.planted.Plants.EVERYBODY;
import static bdk.p2p.simulator.planted.Plants.one;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.simulator.run.NodeHook;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A bug, how it gets into a {@link SmallNetwork}, and the claims that it breaks, all of them. */
enum PlantedBug {
  SWALLOWS_BROADCASTS(
      "one node writes none of its broadcasts",
      Plants.frames(one(), PlantedBug::isBroadcast, (context, frame) -> frame.release()),
      "everything-delivered"),
  RELAYS_NOTHING(
      "nobody passes on what is not his own",
      Plants.handlers(EVERYBODY, RelayStopper::new),
      "everything-delivered"),
  DELAYS_BROADCASTS(
      "everybody writes broadcasts a second late",
      Plants.frames(
          EVERYBODY,
          PlantedBug::isBroadcast,
          (context, frame) -> {
            // Plain bytes, because what is late at the end of the run is never written.
            byte[] bytes = ByteBufUtil.getBytes(frame);
            frame.release();
            context
                .executor()
                .schedule(
                    () -> context.writeAndFlush(Unpooled.wrappedBuffer(bytes)),
                    1,
                    TimeUnit.SECONDS);
          }),
      "everything-delivered"),
  STOPS_READING(
      "one node reads nothing any more after a while",
      Plants.handlers(one(), DeafHandler::new),
      "everything-delivered"),
  REPEATS_BROADCASTS(
      "everybody writes each broadcast three times",
      Plants.frames(
          EVERYBODY,
          PlantedBug::isBroadcast,
          (context, frame) -> {
            context.write(frame.retainedDuplicate());
            context.write(frame.retainedDuplicate());
            context.write(frame);
          }),
      "duplicate-budget"),
  FORGETS_BROADCASTS(
      "one node remembers no more than the last broadcast",
      Plants.options(options -> options.seenBroadcasts(1)),
      "handled-once"),
  SWAPS_NOTIFICATIONS(
      "one node writes each two notifications the wrong way round",
      Plants.handlers(one(), SwappingTap::new),
      "order-kept"),
  ANSWERS_FOR_ANOTHER(
      "one node passes on what another would answer",
      Plants.frames(
          one(),
          PlantedBug::isBlockAnswer,
          (context, frame) -> {
            ByteBuf own = ownCopy(context, frame);
            context.write(own.setInt(FrameTap.PAYLOAD_OFFSET + Long.BYTES, 1));
          }),
      "answered-by-asked"),
  ANSWERS_TWICE(
      "everybody writes each answer twice",
      Plants.frames(
          EVERYBODY,
          PlantedBug::isBlockAnswer,
          (context, frame) -> {
            context.write(frame.retainedDuplicate());
            context.write(frame);
          })),
  ANSWERS_NEVER(
      "one node writes no answers",
      Plants.frames(one(), PlantedBug::isBlockAnswer, (context, frame) -> frame.release())),
  LOSES_COMPLETIONS(
      "one node's workers lose the ends of requests",
      Plants.environments(one(), ForgetfulWorkers::new),
      "requests-settled-once"),
  DROPS_PINGS(
      "one node writes no pings",
      Plants.frames(
          one(),
          frame -> is(frame, MessageType.REQUEST, Command.PING),
          (context, frame) -> frame.release())),
  CORRUPTS_BROADCASTS(
      "one node writes broadcasts with a wrong byte now and then",
      Plants.handlers(one(), CorruptingTap::new),
      "nobody-punished"),
  REMEMBERS_A_WRONG_BAN(
      "everybody finds a ban of node-1 in its storage",
      Plants.environments(EVERYBODY, BanInStorage::new),
      "discovery-converges",
      "nobody-punished"),
  ANNOUNCES_ANOTHER_PORT(
      "one node's handshake names another port than the one it listens on",
      Plants.frames(
          one(),
          frame -> frame.readableBytes() == 3,
          (context, frame) -> {
            ByteBuf own = ownCopy(context, frame);
            context.writeAndFlush(own.setShort(1, 7001));
          }),
      "discovery-converges"),
  NEVER_DIALS(
      "one node dials where nobody is",
      Plants.handlers(one(), LostDialler::new),
      "discovery-converges"),
  RETURNS_ALONE(
      "the node that crashed meets nobody when it is back",
      new AloneAfterCrash(),
      "discovery-converges",
      "ended-nodes-returned"),
  HANGS_UP(
      "one node ends each of its connections at what comes after 300 ms",
      Plants.handlers(one(), HangUp::new),
      "discovery-converges",
      "everything-delivered"),
  FLOODS_INFO(
      "one node tells its NodeInfo a thousand times a second",
      Plants.options(options -> options.infoInterval(Duration.ofMillis(1))),
      "bytes-budget"),
  TAKES_ONE_TOO_MANY(
      "one node takes more peers than it may",
      Plants.options(options -> options.minPeers(6).maxPeers(20)),
      "bounds-kept"),
  KEEPS_CHANNELS_OPEN(
      "nobody's channels close when they are told to",
      Plants.handlers(EVERYBODY, UnclosedChannel::new),
      "nothing-leaks",
      "one-session-per-peer"),
  LEAKS_BUFFERS(
      "one node takes a buffer for each connection and never gives it back",
      Plants.handlers(one(), LeakyHandler::new),
      "nothing-leaks"),
  LEAKS_FRAMES(
      "nobody gives back the frames of large broadcasts",
      Plants.environments(EVERYBODY, ForgottenFrames::new),
      "nothing-leaks"),
  LEAKS_TIMER(
      "one node leaves a timer behind",
      Plants.atStart(one(), real -> real.scheduler().schedule(() -> {}, 1, TimeUnit.DAYS)),
      "nothing-leaks"),
  LEAKS_LOOP_TIMER(
      "one node leaves a timer of its event loop behind",
      Plants.atStart(one(), PlantedBug::leaveLoopTimer),
      "nothing-leaks"),
  STARTS_THREAD("one node starts a thread of its own", new StrayThread(), "nothing-leaks");

  private final String what;
  private final NodeHook hook;
  private final Set<String> breaks;

  PlantedBug(String what, NodeHook hook, String... breaks) {
    this.what = what;
    this.hook = hook;
    this.breaks = new TreeSet<>(Arrays.asList(breaks));
  }

  /** Its name in the documentation: {@code hangs-up}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In a few words. */
  String what() {
    return what;
  }

  NodeHook hook() {
    return hook;
  }

  /** The claims that break, in alphabetical order; all others hold. */
  Set<String> breaks() {
    return breaks;
  }

  private static boolean isBroadcast(ByteBuf frame) {
    return is(frame, MessageType.BROADCAST);
  }

  private static boolean isBlockAnswer(ByteBuf frame) {
    return is(frame, MessageType.ANSWER, Command.REQUEST_BLOCK);
  }

  private static void leaveLoopTimer(Environment real) {
    real.eventLoops().next().schedule(() -> {}, 1, TimeUnit.DAYS);
  }
}
