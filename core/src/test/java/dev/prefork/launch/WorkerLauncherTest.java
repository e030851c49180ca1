package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.LogFormat;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.ProgramConfig;
import dev.prefork.config.ServerConfig;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Errno;
import dev.prefork.posix.FakePosix;
import dev.prefork.posix.FakeProcess;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.Signum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerLauncherTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LANG", "C.UTF-8", "NOTIFY_SOCKET", "/run/systemd/notify");

  private final FakePosix posix = new FakePosix();
  private final ServerConfig config = Configs.listeningOn(List.of("127.0.0.1:0", "[::1]:0"));
  private final Listeners listeners =
      Listeners.open(posix, config.listen(), config.backlog(), config.accept(), false);
  private final WorkerLauncher launcher =
      new WorkerLauncher(posix, config, listeners, posix.memoryFile("scoreboard"), ENVIRONMENT);

  private FakeProcess process() {
    return posix.processes().getLast();
  }

  @Test
  void aWorkerFindsWhatItNeedsAtFixedNumbersAndNothingElse() {
    launcher.spawn(0, 1);

    assertThat(process().fileAt(0)).isEqualTo("/dev/null");
    assertThat(process().fileAt(1)).isEqualTo("pipe's write end");
    assertThat(process().isSameFile(1, 2)).isTrue();
    assertThat(process().fileAt(LaunchSpec.SPEC_FD)).isEqualTo("prefork-launch-spec");
    assertThat(process().fileAt(LaunchSpec.COMMANDS_FD)).isEqualTo("pipe's read end");
    assertThat(process().fileAt(LaunchSpec.REPORTS_FD)).isEqualTo("pipe's write end");
    assertThat(process().isSameFile(1, LaunchSpec.REPORTS_FD)).isFalse();
    assertThat(process().fileAt(LaunchSpec.LOCK_FD)).isEqualTo("prefork-accept-lock");
    assertThat(process().fileAt(LaunchSpec.FIRST_LISTENER_FD)).contains("127.0.0.1:40000");
    assertThat(process().fileAt(LaunchSpec.FIRST_LISTENER_FD + 1)).contains(":40001");
    assertThat(process().descriptorCount()).isEqualTo(LaunchSpec.FIRST_LISTENER_FD + 2);
  }

  @Test
  void theLaunchSpecIsReadFromItsBeginning() throws IOException {
    launcher.spawn(3, 2);

    byte[] spec = process().read(LaunchSpec.SPEC_FD).getBytes(StandardCharsets.UTF_8);
    assertThat(LaunchSpecCodec.decode(new ByteArrayInputStream(spec)))
        .isEqualTo(
            new LaunchSpec(
                ApplicationConfig.Kind.CONNECTION_HANDLER,
                "test.Handler",
                3,
                2,
                AcceptMode.FCNTL,
                3,
                Duration.ofSeconds(20),
                Duration.ofSeconds(25),
                ProgramConfig.NONE,
                0,
                "",
                LogFormat.TEXT,
                16,
                List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)));
  }

  @Test
  void commandLineAndEnvironmentAreTheWorkers() {
    launcher.spawn(0, 1);

    assertThat(process().request().program()).endsWith("/bin/java");
    assertThat(process().request().arguments())
        .startsWith(process().request().program())
        .endsWith(WorkerCommandLine.MAIN_CLASS);
    assertThat(process().request().environment()).containsExactly("LANG=C.UTF-8");
  }

  @Test
  void theSupervisorKeepsItsEndsAloneAndNoneOfThemBlocks() {
    var before = posix.openDescriptors();
    WorkerProcess worker = launcher.spawn(1, 4);

    assertThat(worker.identity()).isEqualTo(new WorkerIdentity(1, 4, 100));
    assertThat(posix.openDescriptors()).hasSize(before.size() + 4);
    assertThat(posix.isBlocking(worker.commands())).isFalse();
    assertThat(posix.isBlocking(worker.reports())).isFalse();
    assertThat(posix.isBlocking(worker.output())).isFalse();
    worker.close();
    assertThat(posix.openDescriptors()).isEqualTo(before);
  }

  @Test
  void theWorkersEndsBlock() {
    launcher.spawn(0, 1);

    assertThat(process().isBlocking(1)).isTrue();
    assertThat(process().isBlocking(LaunchSpec.COMMANDS_FD)).isTrue();
    assertThat(process().isBlocking(LaunchSpec.REPORTS_FD)).isTrue();
  }

  @Test
  void closingTheLifelineCutsThisWorkersAlone() {
    WorkerProcess first = launcher.spawn(0, 1);
    FakeProcess firstProcess = process();
    launcher.spawn(1, 1);

    first.close();

    assertThat(firstProcess.isCut(LaunchSpec.COMMANDS_FD)).isTrue();
    assertThat(process().read(LaunchSpec.COMMANDS_FD)).isEmpty();
    assertThat(process().isReadable(LaunchSpec.COMMANDS_FD)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "memoryFile, 0",
    "write, 0",
    "pipe, 0",
    "pipe, 1",
    "pipe, 2",
    "setBlocking, 0",
    "setBlocking, 2",
    "spawn, 0"
  })
  void aSpawnThatFailsLeavesNothingOpen(String verb, int after) {
    var before = posix.openDescriptors();
    posix.fail(verb, Errno.EAGAIN, after);

    assertThatThrownBy(() -> launcher.spawn(0, 1)).isInstanceOf(PosixException.class);
    assertThat(posix.openDescriptors()).isEqualTo(before);
    assertThat(posix.processes()).isEmpty();
  }

  @Test
  void aWorkerWhoseEndCouldNotBeSeenIsKilledAndReaped() {
    var before = posix.openDescriptors();
    posix.fail("watch", Errno.EAGAIN);

    assertThatThrownBy(() -> launcher.spawn(0, 1)).isInstanceOf(PosixException.class);
    assertThat(posix.calls()).contains("kill 100 " + Signum.KILL, "reap 100");
    assertThat(posix.processes()).isEmpty();
    assertThat(posix.openDescriptors()).isEqualTo(before);
  }

  @Test
  void closingTheLauncherLeavesTheListenersAndTheLivingAlone() {
    WorkerProcess worker = launcher.spawn(0, 1);
    launcher.close();

    assertThat(worker.commands().isOpen()).isTrue();
    assertThat(listeners.all()).allMatch(listener -> listener.socket().isOpen());
    worker.close();
    listeners.close();
    assertThat(posix.openDescriptors()).isEmpty();
  }

  @Test
  void aLauncherThatCouldNotBeMadeLeavesNothingOpen() {
    var before = posix.openDescriptors();
    posix.fail("memoryFile", Errno.EAGAIN);

    assertThatThrownBy(() ->
            new WorkerLauncher(posix, config, listeners, posix.memoryFile("scoreboard"), Map.of()))
        .isInstanceOf(PosixException.class);
    assertThat(posix.openDescriptors()).isEqualTo(before);
  }
}
