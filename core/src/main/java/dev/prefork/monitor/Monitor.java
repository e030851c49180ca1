package dev.prefork.monitor;

import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.ServerConfig;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Posix;
import dev.prefork.scoreboard.Scoreboard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks at a server once a second, on a thread of its own beside the supervisor's, whose loop stays
 * idle. Every question is answered on the asker's thread, and waits for nobody.
 */
public final class Monitor implements AutoCloseable {
  static final long TICK_NS = Duration.ofSeconds(1).toNanos();

  private final Supplier<ServerStatus> status;
  private final InstantSource time;
  private final LongSupplier clockNs;
  private final Scoreboard scoreboard;
  private final QueueGauge queues;
  private final SnapshotMaker snapshots;
  private final MemoryGauge memory;
  private final StartTimes startTimes;
  private final RequestWatch requests;
  private final AgeWatch ages;
  private final HeartbeatWatch heartbeats;
  private final UnreportedRequests unreported;
  private final MonitorPolicy policy;
  private final Consequences consequences;
  private final HistoryRing history = new HistoryRing();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long lastTickNs;
  private long requestDueNs = RequestWatch.NEVER;

  Monitor(
      Posix posix,
      InstantSource time,
      LongSupplier clockNs,
      Path proc,
      MonitorPolicy policy,
      Listeners listeners,
      Scoreboard scoreboard,
      Consequences consequences,
      Supplier<ServerStatus> status) {
    this.policy = policy;
    this.consequences = consequences;
    this.requests = new RequestWatch(scoreboard, policy.limits(), consequences);
    this.ages =
        new AgeWatch(
            scoreboard,
            policy.limits(),
            consequences,
            () -> ThreadLocalRandom.current().nextDouble());
    this.heartbeats = new HeartbeatWatch(scoreboard, policy.heartbeatTimeout(), consequences);
    this.unreported = new UnreportedRequests(scoreboard, policy.limits(), consequences);
    this.status = status;
    this.time = time;
    this.clockNs = clockNs;
    this.scoreboard = scoreboard;
    this.queues = new QueueGauge(posix, listeners.all());
    this.snapshots = new SnapshotMaker(policy, scoreboard, queues);
    this.memory = new MemoryGauge(proc, scoreboard, policy.proportionalFromBytes());
    this.startTimes = new StartTimes(scoreboard);
    this.lastTickNs = clockNs.getAsLong();
    this.thread = Thread.ofPlatform().daemon().name("prefork-monitor").unstarted(this::run);
  }

  /**
   * Prepares to look; {@link #start} begins.
   *
   * @param listeners whose queues are measured as long as they are open
   * @param scoreboard what the workers do; the monitor enters their memory
   * @param consequences what follows from what it sees
   * @param status what the supervisor knows, from any thread
   */
  public static Monitor of(
      Posix posix,
      ServerConfig config,
      Listeners listeners,
      Scoreboard scoreboard,
      Consequences consequences,
      Supplier<ServerStatus> status) {
    return new Monitor(
        posix,
        InstantSource.system(),
        System::nanoTime,
        Path.of("/proc"),
        MonitorPolicy.of(config),
        listeners,
        scoreboard,
        consequences,
        status);
  }

  /** Begins to look once a second. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(untilNextLookNs(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      return; // nobody interrupts this thread: it is the end
    }
  }

  private long untilNextLookNs() {
    return Math.min(lastTickNs + TICK_NS, requestDueNs) - clockNs.getAsLong();
  }

  /** Looks when a second is over, and when a request may have become too long. */
  void look() {
    long nowNs = clockNs.getAsLong();
    if (nowNs - lastTickNs >= TICK_NS) {
      tick();
    }
    if (requests.isNeeded()) {
      requestDueNs = requests.look(status.get(), nowNs);
    }
  }

  /** Looks once: at the end of a second, or later if this process did not run. */
  private void tick() {
    long nowNs = clockNs.getAsLong();
    long sinceLastNs = nowNs - lastTickNs;
    boolean missed = sinceLastNs >= 2 * TICK_NS;
    lastTickNs = missed ? nowNs : lastTickNs + TICK_NS;
    ServerStatus current = status.get();
    history.add(
        time.instant().truncatedTo(ChronoUnit.MILLIS),
        current,
        scoreboard.totals(),
        busy(),
        queues.total(),
        missed);
    memory.read(current, nowNs);
    startTimes.look(current);
    ages.look(current, nowNs);
    heartbeats.look(current);
    unreported.look(current);
    if (missed) {
      requests.overslept(sinceLastNs - TICK_NS);
    }
    if (policy.pool().followsLoad()) {
      consequences.load(idle(current), queues.total());
    }
  }

  /** Workers that accept and have nothing to do; half of the lanes of two make one. */
  private int idle(ServerStatus current) {
    int free = 0;
    for (WorkerStatus worker : current.workers()) {
      for (int lane = 0; lane < scoreboard.lanes(); lane++) {
        boolean waits = scoreboard.sinceNs(worker.slot(), lane) == 0;
        free += worker.life() == SlotLife.READY && waits ? 1 : 0;
      }
    }
    return free / scoreboard.lanes();
  }

  private int busy() {
    int busy = 0;
    for (int slot = 0; slot < scoreboard.slotsInUse(); slot++) {
      for (int lane = 0; lane < scoreboard.lanes(); lane++) {
        busy += scoreboard.sinceNs(slot, lane) == 0 ? 0 : 1;
      }
    }
    return busy;
  }

  /** All that is known at this moment. */
  public ServerSnapshot snapshot() {
    Instant now = time.instant();
    return snapshots.make(status.get(), now, clockNs.getAsLong());
  }

  /** The last quarter of an hour. */
  public ServerHistory history() {
    return history.history();
  }

  /** How long requests took since the server's start, workers that have ended included. */
  public Timings requestTimes() {
    var totals = scoreboard.totals();
    return new Timings(totals.durations(), totals.counters().busyNs());
  }

  /** How long workers took from spawn to ready, as far as the monitor has seen it. */
  public Timings startTimes() {
    return startTimes.all();
  }

  /** Looks no more; what it knows stays. */
  @Override
  public void close() {
    closed.countDown();
  }
}
