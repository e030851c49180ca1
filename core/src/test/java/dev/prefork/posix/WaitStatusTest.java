package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitStatusTest {
  @ParameterizedTest
  @CsvSource({"0x0000, 0", "0x0100, 1", "0x4e00, 78", "0xff00, 255"})
  void anExitHasItsCodeInTheSecondByte(String word, int code) {
    assertThat(WaitStatus.of(Integer.decode(word))).isEqualTo(new WaitStatus.Exited(code));
  }

  @ParameterizedTest
  @CsvSource({"0x0009, 9, false", "0x000f, 15, false", "0x008b, 11, true", "0x0086, 6, true"})
  void aSignalStandsInTheFirstByteWithTheCoreFlag(String word, int signal, boolean core) {
    assertThat(WaitStatus.of(Integer.decode(word)))
        .isEqualTo(new WaitStatus.Signaled(signal, core));
  }

  @Test
  void statusesAreReadable() {
    assertThat(new WaitStatus.Exited(70)).hasToString("exited with 70");
    assertThat(new WaitStatus.Signaled(9, false)).hasToString("killed by SIGKILL");
    assertThat(new WaitStatus.Signaled(6, true)).hasToString("killed by SIGABRT (core dumped)");
    assertThat(new WaitStatus.Signaled(40, false)).hasToString("killed by signal 40");
  }
}
