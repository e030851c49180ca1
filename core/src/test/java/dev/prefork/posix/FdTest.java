package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FdTest {
  private final FakePosix posix = new FakePosix();

  @Test
  void aDescriptorIsClosedOnce() {
    Fd fd = posix.memoryFile("test");
    int number = fd.number();
    fd.close();
    fd.close();

    assertThat(posix.calls()).containsOnlyOnce("close fd " + number);
    assertThat(fd.isOpen()).isFalse();
  }

  @Test
  void aClosedDescriptorHasNoNumber() {
    Fd fd = posix.memoryFile("test");
    assertThat(fd).hasToString("fd " + fd.number());
    fd.close();

    assertThatThrownBy(fd::number)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the descriptor is closed");
    assertThat(fd).hasToString("fd closed");
  }

  @Test
  void aNegativeNumberIsNone() {
    assertThatThrownBy(() -> new Fd(posix, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a descriptor is at least 0, not -1");
  }
}
