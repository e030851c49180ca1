package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sun.misc.Signal;

class SignumTest {
  @ParameterizedTest
  @EnumSource(Signum.class)
  void numbersAreTheKernels(Signum signum) {
    if (signum != Signum.KILL) {
      assertThat(new Signal(signum.name()).getNumber()).isEqualTo(signum.number());
    }
    assertThat(Signum.nameOf(signum.number())).isEqualTo("SIG" + signum);
  }

  @Test
  void whatCrashesAJvmHasAName() {
    assertThat(Signum.nameOf(11)).isEqualTo("SIGSEGV");
    assertThat(Signum.nameOf(3)).isEqualTo("SIGQUIT");
    assertThat(Signum.nameOf(64)).isEqualTo("signal 64");
  }
}
