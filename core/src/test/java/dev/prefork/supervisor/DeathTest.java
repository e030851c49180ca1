package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.WaitStatus;
import org.junit.jupiter.api.Test;

class DeathTest {
  private static final WaitStatus CRASHED = new WaitStatus.Signaled(11, true);

  @Test
  void theCauseIsHowTheProcessEnded() {
    assertThat(new Death(new WaitStatus.Exited(5), true, "").cause()).isEqualTo("exited with 5");
    assertThat(new Death(CRASHED, true, "").cause()).isEqualTo("killed by SIGSEGV (core dumped)");
    assertThat(new Death(new WaitStatus.Unknown(), true, "").cause())
        .isEqualTo("ended, status unknown (somebody else collected it)");
  }

  @Test
  void lastWordsComeFirst() {
    assertThat(new Death(new WaitStatus.Exited(70), true, "no database").cause())
        .isEqualTo("no database (exited with 70)");
  }

  @Test
  void exitCodeThreeIsTheHeapOnceMainHasBegun() {
    WaitStatus three = new WaitStatus.Exited(3);

    assertThat(new Death(three, true, "").cause()).isEqualTo("ran out of heap (exit 3)");
    assertThat(new Death(three, false, "").cause()).isEqualTo("exited with 3");
  }

  @Test
  void onlyAnExitHasACode() {
    assertThat(new Death(new WaitStatus.Exited(0), true, "").exitCode()).isZero();
    assertThat(new Death(CRASHED, true, "").exitCode()).isEqualTo(-1);
    assertThat(new Death(new WaitStatus.Unknown(), true, "").exitCode()).isEqualTo(-1);
  }

  @Test
  void aConfigurationErrorIsExitCode78() {
    assertThat(new Death(new WaitStatus.Exited(78), true, "").saysConfiguration()).isTrue();
    assertThat(new Death(new WaitStatus.Exited(70), true, "").saysConfiguration()).isFalse();
  }

  @Test
  void aJvmRefusesByAnExitOfItsOwnBeforeMain() {
    assertThat(new Death(new WaitStatus.Exited(1), false, "").refusedByJvm()).isTrue();
    assertThat(new Death(new WaitStatus.Exited(1), true, "").refusedByJvm()).isFalse();
    assertThat(new Death(CRASHED, false, "").refusedByJvm()).isFalse();
    assertThat(new Death(new WaitStatus.Unknown(), false, "").refusedByJvm()).isFalse();
  }
}
