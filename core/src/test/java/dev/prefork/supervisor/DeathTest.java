package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.WaitStatus;
import dev.prefork.supervisor.Death.Reached;
import org.junit.jupiter.api.Test;

class DeathTest {
  private static final WaitStatus CRASHED = new WaitStatus.Signaled(11, true);

  @Test
  void theCauseIsHowTheProcessEnded() {
    assertThat(new Death(new WaitStatus.Exited(5), Reached.MAIN, "", false).cause())
        .isEqualTo("exited with 5");
    assertThat(new Death(CRASHED, Reached.MAIN, "", false).cause())
        .isEqualTo("killed by SIGSEGV (core dumped)");
    assertThat(new Death(new WaitStatus.Unknown(), Reached.MAIN, "", false).cause())
        .isEqualTo("ended, status unknown (somebody else collected it)");
  }

  @Test
  void lastWordsComeFirst() {
    assertThat(new Death(new WaitStatus.Exited(70), Reached.MAIN, "no database", false).cause())
        .isEqualTo("no database (exited with 70)");
  }

  @Test
  void exitCodeThreeIsTheHeapOnceMainHasBegun() {
    WaitStatus three = new WaitStatus.Exited(3);

    assertThat(new Death(three, Reached.MAIN, "", false).cause())
        .isEqualTo("ran out of heap (exit 3)");
    assertThat(new Death(three, Reached.JVM, "", false).cause()).isEqualTo("exited with 3");
    assertThat(new Death(three, Reached.COMMAND, "", false).cause()).isEqualTo("exited with 3");
  }

  @Test
  void onlyAnExitHasACode() {
    assertThat(new Death(new WaitStatus.Exited(0), Reached.MAIN, "", false).exitCode()).isZero();
    assertThat(new Death(CRASHED, Reached.MAIN, "", false).exitCode()).isEqualTo(-1);
    assertThat(new Death(new WaitStatus.Unknown(), Reached.MAIN, "", false).exitCode())
        .isEqualTo(-1);
  }

  @Test
  void aConfigurationErrorIsExitCode78() {
    assertThat(new Death(new WaitStatus.Exited(78), Reached.MAIN, "", false).saysConfiguration())
        .isTrue();
    assertThat(new Death(new WaitStatus.Exited(70), Reached.MAIN, "", false).saysConfiguration())
        .isFalse();
  }

  @Test
  void aJvmRefusesByAnExitOfItsOwnBeforeMain() {
    assertThat(new Death(new WaitStatus.Exited(1), Reached.JVM, "", false).refusedByJvm()).isTrue();
    assertThat(new Death(new WaitStatus.Exited(1), Reached.MAIN, "", false).refusedByJvm())
        .isFalse();
    assertThat(new Death(CRASHED, Reached.JVM, "", false).refusedByJvm()).isFalse();
    assertThat(new Death(new WaitStatus.Unknown(), Reached.JVM, "", false).refusedByJvm())
        .isFalse();
  }
}
