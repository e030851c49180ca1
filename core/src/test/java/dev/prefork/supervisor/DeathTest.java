package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.WaitStatus;
import org.junit.jupiter.api.Test;

class DeathTest {
  private static final WaitStatus CRASHED = new WaitStatus.Signaled(11, true);

  @Test
  void theCauseIsHowTheProcessEnded() {
    assertThat(new Death(new WaitStatus.Exited(5), true, "", false).cause())
        .isEqualTo("exited with 5");
    assertThat(new Death(CRASHED, true, "", false).cause())
        .isEqualTo("killed by SIGSEGV (core dumped)");
    assertThat(new Death(new WaitStatus.Unknown(), true, "", false).cause())
        .isEqualTo("ended, status unknown (somebody else collected it)");
  }

  @Test
  void lastWordsComeFirst() {
    assertThat(new Death(new WaitStatus.Exited(70), true, "no database", false).cause())
        .isEqualTo("no database (exited with 70)");
  }

  @Test
  void exitCodeThreeIsTheHeapOnceMainHasBegun() {
    WaitStatus three = new WaitStatus.Exited(3);

    assertThat(new Death(three, true, "", false).cause()).isEqualTo("ran out of heap (exit 3)");
    assertThat(new Death(three, false, "", false).cause()).isEqualTo("exited with 3");
  }

  @Test
  void onlyAnExitHasACode() {
    assertThat(new Death(new WaitStatus.Exited(0), true, "", false).exitCode()).isZero();
    assertThat(new Death(CRASHED, true, "", false).exitCode()).isEqualTo(-1);
    assertThat(new Death(new WaitStatus.Unknown(), true, "", false).exitCode()).isEqualTo(-1);
  }

  @Test
  void aConfigurationErrorIsExitCode78() {
    assertThat(new Death(new WaitStatus.Exited(78), true, "", false).saysConfiguration()).isTrue();
    assertThat(new Death(new WaitStatus.Exited(70), true, "", false).saysConfiguration()).isFalse();
  }

  @Test
  void aJvmRefusesByAnExitOfItsOwnBeforeMain() {
    assertThat(new Death(new WaitStatus.Exited(1), false, "", false).refusedByJvm()).isTrue();
    assertThat(new Death(new WaitStatus.Exited(1), true, "", false).refusedByJvm()).isFalse();
    assertThat(new Death(CRASHED, false, "", false).refusedByJvm()).isFalse();
    assertThat(new Death(new WaitStatus.Unknown(), false, "", false).refusedByJvm()).isFalse();
  }
}
