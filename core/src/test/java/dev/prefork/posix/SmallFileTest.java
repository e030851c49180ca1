package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmallFileTest {
  @Test
  void aNumberThatTheKernelTellsToTheFirstReadAloneIsReadWhole() {
    int leastOfLinux = 301; // proc_sys_kernel(5)

    assertThat(SmallFile.read("/proc/sys/kernel/pid_max"))
        .hasValueSatisfying(
            max -> assertThat(Integer.parseInt(max)).isGreaterThanOrEqualTo(leastOfLinux));
  }

  @Test
  void aFileOfSeveralLinesKeepsAllButTheEndOfTheLast() {
    assertThat(SmallFile.read("/proc/self/status"))
        .hasValueSatisfying(status ->
            assertThat(status).startsWith("Name:").contains("\nPid:").doesNotEndWith("\n"));
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(SmallFile.read("/proc/self/nothing")).isEmpty();
  }
}
