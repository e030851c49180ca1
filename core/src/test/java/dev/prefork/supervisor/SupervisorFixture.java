package dev.prefork.supervisor;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.LogFormat;
import dev.prefork.ServerEvent;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Limits;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.launch.LaunchSpec;
import dev.prefork.launch.Launcher;
import dev.prefork.launch.WorkerReport.Kind;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.FakePosix;
import dev.prefork.posix.FakeProcess;
import dev.prefork.scoreboard.Scoreboards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole supervisor on a {@link FakePosix}: the loop runs on the test's thread. */
final class SupervisorFixture {
  static final int OUTPUT_FD = 1;

  final FakePosix posix = new FakePosix();
  final List<ServerEvent> published = new ArrayList<>();
  final List<Obituary> obituaries = new ArrayList<>();
  final List<FakeProcess> spawned = new ArrayList<>();
  final Supervisor supervisor;

  SupervisorFixture(int workers) {
    this(workers, ApplicationConfig.handler("test.Handler"));
  }

  SupervisorFixture(int workers, ApplicationConfig application) {
    ServerConfig config =
        new ServerConfig(
            application,
            List.of(),
            List.of("127.0.0.1:0"),
            PoolConfig.fixed(workers, 16, 0),
            16,
            AcceptMode.KERNEL,
            1,
            StateFixture.STOP_TIMEOUT,
            StateFixture.START_TIMEOUT,
            Duration.ofSeconds(30),
            ProgramConfig.NONE,
            Limits.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LogFormat.TEXT,
            Optional.empty());
    Listeners listeners =
        Listeners.open(posix, config.listen(), config.backlog(), config.accept(), false);
    Launcher launcher =
        Launcher.of(posix, config, listeners, posix.memoryFile("scoreboard"), Map.of());
    SupervisorState state =
        new SupervisorState(Policy.of(config), StateFixture.EXACT_BACKOFF, pid -> false);
    supervisor =
        new Supervisor(
            posix,
            posix::nowNs,
            listeners,
            launcher,
            Scoreboards.create(config.pool().maxSlots(), 1),
            state,
            config.program().readyLine(),
            published::add,
            obituaries::add);
    posix.onSpawn(this::spawned);
  }

  private void spawned(FakeProcess process) {
    spawned.add(process);
    onSpawn(process, spawned.size() - 1);
  }

  /** What a new process does: by default it gets ready in 50 ms and leaves when it is told to. */
  private Behaviour behaviour = SupervisorFixture::good;

  /** What the n-th process does. */
  interface Behaviour {
    void begin(SupervisorFixture fixture, FakeProcess process, int n);
  }

  void workersDo(Behaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  private void onSpawn(FakeProcess process, int n) {
    behaviour.begin(this, process, n);
  }

  /** A good worker's start. */
  static void good(SupervisorFixture fixture, FakeProcess process, int n) {
    process.onSignal(signal -> process.exit(128 + signal.number()));
    fixture.after(
        Duration.ofMillis(50),
        () -> {
          report(process, Kind.STARTED, "");
          report(process, Kind.READY, "");
        });
  }

  static void report(FakeProcess process, Kind kind, String text) {
    process.write(LaunchSpec.REPORTS_FD, kind + " " + text + "\n");
  }

  static void print(FakeProcess process, String text) {
    process.write(OUTPUT_FD, text);
  }

  void after(Duration delay, Runnable what) {
    posix.after(delay.toNanos(), what);
  }

  /** Asks for a graceful stop at that time, in which all workers drain when told. */
  void stopAfter(Duration delay) {
    after(
        delay,
        () -> {
          supervisor.stop("TERM");
          after(Duration.ofMillis(10), this::exitDrained);
        });
  }

  private void exitDrained() {
    for (FakeProcess process : spawned) {
      if (posix.processes().contains(process)
          && process.read(LaunchSpec.COMMANDS_FD).endsWith(LaunchSpec.DRAIN_COMMAND + "\n")) {
        process.exit(0);
      }
    }
  }

  ExitStatus run() {
    return supervisor.run();
  }

  <T extends ServerEvent> List<T> published(Class<T> type) {
    return published.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
