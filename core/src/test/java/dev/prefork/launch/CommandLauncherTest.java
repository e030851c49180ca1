package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.WorkerIdentity;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Errno;
import dev.prefork.posix.FakePosix;
import dev.prefork.posix.FakeProcess;
import dev.prefork.posix.PosixException;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLauncherTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LANG", "C.UTF-8", "NOTIFY_SOCKET", "/run/systemd/notify", "LISTEN_FDS", "7");
  private static final int LIFELINE = 5;

  private final FakePosix posix = new FakePosix();
  private final Listeners listeners =
      Listeners.open(posix, List.of("127.0.0.1:0", "[::1]:0"), 16, AcceptMode.KERNEL, true);
  private final CommandLauncher launcher =
      new CommandLauncher(
          posix,
          ApplicationConfig.command(List.of("serve", "a b"), Duration.ofSeconds(1)),
          listeners,
          posix.memoryFile("scoreboard"),
          ENVIRONMENT);

  private FakeProcess process() {
    return posix.processes().getLast();
  }

  @Test
  void theListenersBeginAtThreeAndTheLifelineFollowsThem() {
    launcher.spawn(0, 1);

    assertThat(process().fileAt(1)).isEqualTo("pipe's write end");
    assertThat(process().isSameFile(1, 2)).isTrue();
    assertThat(process().fileAt(3)).contains("127.0.0.1:40000");
    assertThat(process().fileAt(4)).contains(":40001");
    assertThat(process().fileAt(LIFELINE)).isEqualTo("pipe's read end");
    assertThat(process().descriptorCount()).isEqualTo(LIFELINE + 1);
  }

  @Test
  void aShellBecomesTheCommandOnceItIsToldSo() {
    launcher.spawn(0, 1);

    assertThat(process().request().program()).isEqualTo("/bin/sh");
    assertThat(process().request().arguments()).endsWith("serve", "a b");
    assertThat(process().read(0)).isEqualTo("\n");
    assertThat(process().isCut(0)).isTrue();
  }

  @Test
  void itIsToldSoOnlyWhenItsLifelineIsArmed() {
    launcher.spawn(0, 1);

    List<String> calls = posix.calls();
    int armed = calls.indexOf("signalWhenCut 100 " + Signum.TERM);
    assertThat(armed).isGreaterThan(calls.indexOf("spawn /bin/sh"));
    assertThat(calls.subList(armed, calls.size())).anyMatch(call -> call.startsWith("write"));
    assertThat(calls.subList(0, armed)).noneMatch(call -> call.startsWith("write"));
  }

  @Test
  void theEnvironmentSpeaksOfThisServerAlone() {
    launcher.spawn(3, 2);

    assertThat(process().request().environment())
        .containsExactly(
            "LANG=C.UTF-8",
            "LISTEN_FDNAMES=127.0.0.1_40000:[__1]_40001",
            "LISTEN_FDS=2",
            "NOTIFY_SOCKET=@00012",
            "PREFORK_GENERATION=2",
            "PREFORK_SLOT=3");
  }

  @Test
  void cuttingTheLifelineAsksThisWorkerAloneToGo() {
    WorkerProcess first = launcher.spawn(0, 1);
    FakeProcess firstProcess = process();
    launcher.spawn(1, 1);

    first.close();

    assertThat(firstProcess.signals()).containsExactly(Signum.TERM);
    assertThat(process().signals()).isEmpty();
  }

  @Test
  void theSupervisorKeepsItsEndsAlone() {
    var before = posix.openDescriptors();
    WorkerProcess worker = launcher.spawn(1, 4);

    assertThat(worker.identity()).isEqualTo(new WorkerIdentity(1, 4, 100));
    assertThat(posix.openDescriptors()).hasSize(before.size() + 4);
    assertThat(posix.isBlocking(worker.output())).isFalse();
    worker.close();
    assertThat(posix.openDescriptors()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"pipe, 0", "pipe, 1", "pipe, 2", "mailbox, 0", "setBlocking, 1", "spawn, 0"})
  void aSpawnThatFailsLeavesNothingOpen(String verb, int after) {
    var before = posix.openDescriptors();
    posix.fail(verb, Errno.EAGAIN, after);

    assertThatThrownBy(() -> launcher.spawn(0, 1)).isInstanceOf(PosixException.class);
    assertThat(posix.openDescriptors()).isEqualTo(before);
    assertThat(posix.processes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"watch", "signalWhenCut"})
  void aWorkerThatCouldNotBeHeldIsKilledAndReaped(String verb) {
    var before = posix.openDescriptors();
    posix.fail(verb, Errno.EAGAIN);

    assertThatThrownBy(() -> launcher.spawn(0, 1)).isInstanceOf(PosixException.class);
    assertThat(posix.calls()).contains("kill 100 " + Signum.KILL, "reap 100");
    assertThat(posix.processes()).isEmpty();
    assertThat(posix.openDescriptors()).isEqualTo(before);
  }
}
