package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidTest {
  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void whatMeansAGroupOrEverybodyIsNoPid(int value) {
    assertThatThrownBy(() -> new Pid(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a process id must be positive, not " + value);
  }

  @Test
  void itIsWrittenAsItsNumber() {
    assertThat(new Pid(4711)).hasToString("4711").isEqualTo(new Pid(4711));
  }

  @Test
  void thisProcessKnowsItself() {
    assertThat(Pid.self().value()).isEqualTo((int) ProcessHandle.current().pid());
  }
}
