package dev.prefork.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.AcceptMode;
import dev.prefork.ServerHistory.Second;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Listening;
import dev.prefork.ServerSnapshot.Pool;
import dev.prefork.ServerSnapshot.Request;
import dev.prefork.ServerSnapshot.Served;
import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.config.Limits;
import dev.prefork.config.PoolConfig;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.FakePosix;
import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in virtual time, looked at once a second. */
class MonitorTest {
  private static final long SECOND_NS = Monitor.TICK_NS;
  private static final long MS_NS = 1_000_000;
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_711);

  @TempDir private Path proc;

  private static final Limits LIMITS =
      new Limits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(40L << 20));

  private final RecordedConsequences consequences = new RecordedConsequences();
  private final FakePosix posix = new FakePosix();
  private final long startNs = posix.nowNs();
  private final Listeners listeners =
      Listeners.open(posix, List.of("127.0.0.1:80"), 16, AcceptMode.FCNTL, false);
  private final Scoreboard scoreboard = Scoreboards.create(4, 2);
  private ServerStatus status = new ServerStatus(Phase.STARTING, 2, List.of(), 0, 0);

  private Monitor monitor() {
    return new Monitor(
        posix,
        () -> START.plusNanos(posix.nowNs() - startNs),
        posix::nowNs,
        proc,
        new MonitorPolicy("shop", 2, PoolConfig.fixed(2, 16, 1), LIMITS, Optional.empty()),
        listeners,
        scoreboard,
        consequences,
        () -> status);
  }

  private void workers(WorkerStatus... workers) {
    status = new ServerStatus(Phase.RUNNING, 2, List.of(workers), workers.length, 0);
  }

  private static WorkerStatus ready(int slot, long pid) {
    return new WorkerStatus(slot, 1, pid, SlotLife.READY);
  }

  private void spawned(int slot, int pid) {
    scoreboard.spawned(slot, 1, pid, posix.nowNs());
    posix.jump(50 * MS_NS);
    scoreboard.ready(slot, posix.nowNs());
  }

  private void serve(Lane lane, long tookNs) {
    lane.begin(PEER, posix.nowNs(), posix.nowNs() + SECOND_NS);
    lane.end(posix.nowNs() + tookNs, 10, 20);
  }

  private void process(long pid, long residentKb, long proportionalKb) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    var _ =
        Files.writeString(
            folder.resolve("status"),
            "Name:\tjava\nVmRSS:\t  " + residentKb + " kB\nThreads:\t9\n");
    var _ =
        Files.writeString(
            folder.resolve("smaps_rollup"),
            "1-2 ---p [rollup]\nRss:  1 kB\nPss:    " + proportionalKb + " kB\nPss_Dirty: 7 kB\n");
  }

  @Test
  void aSecondTellsWhatCameInIt() {
    Monitor monitor = monitor();
    workers(ready(0, 10), ready(1, 11));
    Lane lane = scoreboard.lane(0, 0);
    spawned(1, 11);
    for (int i = 0; i < 9; i++) {
      serve(lane, MS_NS);
    }
    serve(lane, 500 * MS_NS);
    lane.failed("disk full");
    scoreboard.lane(1, 1).begin(PEER, posix.nowNs(), posix.nowNs());
    posix.queue(listeners.all().getFirst().socket(), 11);
    posix.jump(950 * MS_NS);

    monitor.look();
    posix.jump(SECOND_NS);
    monitor.look();

    Second first = monitor.history().seconds().getFirst();
    assertThat(first)
        .isEqualTo(new Second(START.plusSeconds(1), 2, 1, 11, 11, 10, 1, 2, 0, 1 << 20, 1 << 29));
    assertThat(Duration.ofNanos(first.queueWaitEstimateNs())).isEqualTo(Duration.ofSeconds(1));
    Second second = monitor.history().seconds().getLast();
    assertThat(second).isEqualTo(new Second(START.plusSeconds(2), 2, 1, 11, 0, 0, 0, 0, 0, 0, 0));
    assertThat(second.queueWaitEstimateNs()).isEqualTo(-1);
  }

  @Test
  void theHistoryKeepsTheLastQuarterOfAnHour() {
    Monitor monitor = monitor();
    for (int i = 0; i < 1_000; i++) {
      posix.jump(SECOND_NS);
      monitor.look();
    }
    List<Second> seconds = monitor.history().seconds();
    assertThat(seconds).hasSize(900);
    assertThat(seconds.getFirst().time()).isEqualTo(START.plusSeconds(101));
    assertThat(seconds.getLast().time()).isEqualTo(START.plusSeconds(1_000));
  }

  /** Else a suspended machine would show a minute's requests as one second's. */
  @Test
  void secondsInWhichTheProcessDidNotRunAreLeftOut() {
    Monitor monitor = monitor();
    posix.jump(SECOND_NS);
    monitor.look();
    posix.jump(60 * SECOND_NS);
    serve(scoreboard.lane(0, 0), MS_NS);
    scoreboard.spawned(0, 1, 10, 0);
    monitor.look();
    posix.jump(SECOND_NS);
    monitor.look();

    List<Second> seconds = monitor.history().seconds();
    assertThat(seconds)
        .extracting(Second::time)
        .containsExactly(START.plusSeconds(1), START.plusSeconds(62));
    assertThat(seconds.getLast().requests()).isZero();
  }

  @Test
  void memoryIsReadAtOnceThenAfterTenSeconds() throws IOException {
    Monitor monitor = monitor();
    workers(ready(0, 10));
    scoreboard.spawned(0, 1, 10, posix.nowNs());
    process(10, 20_480, 15_000);
    posix.jump(SECOND_NS);
    monitor.look();
    process(10, 51_200, 45_000);
    posix.jump(9 * SECOND_NS);
    monitor.look();
    ServerSnapshot.Worker before = monitor.snapshot().workers().getFirst();
    posix.jump(SECOND_NS);
    monitor.look();
    ServerSnapshot.Worker after = monitor.snapshot().workers().getFirst();

    assertThat(before.residentBytes()).isEqualTo(20L << 20);
    assertThat(before.proportionalBytes()).isZero();
    assertThat(after.residentBytes()).isEqualTo(50L << 20);
    assertThat(after.proportionalBytes()).isEqualTo(45_000 * 1024);
  }

  @Test
  void aProcessThatIsGoneKeepsItsLastReading() throws IOException {
    Monitor monitor = monitor();
    workers(ready(0, 10));
    scoreboard.spawned(0, 1, 10, posix.nowNs());
    scoreboard.memory(0, 77, 0, 1);
    posix.jump(SECOND_NS);
    monitor.look();
    assertThat(monitor.snapshot().workers().getFirst().residentBytes()).isEqualTo(77);
  }

  @Test
  void startTimesAreCollectedOnceEach() {
    Monitor monitor = monitor();
    workers(ready(0, 10), new WorkerStatus(1, 1, 11, SlotLife.STARTING));
    spawned(0, 10);
    scoreboard.spawned(1, 1, 11, posix.nowNs());
    posix.jump(SECOND_NS);
    monitor.look();
    posix.jump(SECOND_NS);
    monitor.look();
    assertThat(monitor.startTimes().durations().total()).isEqualTo(1);
    assertThat(monitor.startTimes().sumNs()).isEqualTo(50 * MS_NS);
  }

  @Test
  void aSnapshotTellsWhatIsKnown() {
    Monitor monitor = monitor();
    spawned(1, 11);
    workers(ready(1, 11), new WorkerStatus(2, 1, 0, SlotLife.BACKOFF));
    Lane lane = scoreboard.lane(1, 0);
    serve(lane, 30 * MS_NS);
    lane.begin(PEER, posix.nowNs(), posix.nowNs() + 2 * SECOND_NS);
    lane.label("GET /cart");
    lane.failed("disk full");
    posix.jump(3 * SECOND_NS);

    ServerSnapshot snapshot = monitor.snapshot();

    assertThat(snapshot.name()).isEqualTo("shop");
    assertThat(snapshot.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(snapshot.pool()).isEqualTo(new Pool(2, 2, 16, 1));
    assertThat(snapshot.listeners()).containsExactly(new Listening("127.0.0.1:80", 0, 16));
    assertThat(snapshot.totals()).isEqualTo(new Served(2, 1, 10, 20, 1, Duration.ofMillis(30)));
    assertThat(snapshot.accepting()).isEqualTo(1);
    assertThat(snapshot.busy()).isEqualTo(1);
    ServerSnapshot.Worker worker = snapshot.workers().getFirst();
    assertThat(worker.age()).isEqualTo(Duration.ofMillis(3_050));
    assertThat(worker.startTime()).isEqualTo(Duration.ofMillis(50));
    assertThat(worker.lastError()).isEqualTo("disk full");
    assertThat(worker.requests())
        .containsExactly(
            new Request(
                "127.0.0.1:4711", "GET /cart", Duration.ofSeconds(3), Duration.ofSeconds(-1)));
    assertThat(snapshot.workers().getLast().identity().pid()).isZero();
    assertThat(snapshot.workers().getLast().age()).isZero();
  }

  @Test
  void aListenerThatAStopHasClosedHasNoQueue() {
    Monitor monitor = monitor();
    listeners.close();
    assertThat(monitor.snapshot().listeners())
        .containsExactly(new Listening("127.0.0.1:80", -1, -1));
    posix.jump(SECOND_NS);
    monitor.look();
    assertThat(monitor.history().seconds().getLast().queued()).isEqualTo(-1);
  }
}
