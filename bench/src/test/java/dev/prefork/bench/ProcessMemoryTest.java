package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final String ROLLUP =
      """
      5630ced67000-7ffd6e306000 ---p 00000000 00:00 0                          [rollup]
      Rss:                1760 kB
      Pss:                 316 kB
      Pss_Dirty:           116 kB
      Shared_Clean:       1572 kB
      Private_Clean:        72 kB
      Private_Dirty:       116 kB
      """;

  @Test
  void privateMemoryIsCleanAndDirtyTogether() {
    assertThat(ProcessMemory.parse(ROLLUP)).isEqualTo(new ProcessMemory(316, 188));
  }

  @Test
  void aMissingLineIsSaid() {
    assertThatThrownBy(() -> ProcessMemory.parse("Rss: 1 kB\n"))
        .isInstanceOf(PreforkException.class)
        .hasMessage("smaps_rollup has no line Pss:");
  }

  @Test
  void theMemoryOfALivingProcessIsRead() {
    ProcessMemory own = ProcessMemory.of(ProcessHandle.current());
    assertThat(own.unshared()).isPositive();
    assertThat(own.pss()).isGreaterThanOrEqualTo(own.unshared());
  }

  @Test
  void aServersMemoryIsItsParentsAndItsWorkers() {
    MemoryUse use =
        new MemoryUse(
            new ProcessMemory(1_000, 900),
            List.of(new ProcessMemory(10, 5), new ProcessMemory(30, 6), new ProcessMemory(20, 10)));
    assertThat(use.medianPss()).isEqualTo(20);
    assertThat(use.medianUnshared()).isEqualTo(6);
    assertThat(use.all()).isEqualTo(new ProcessMemory(1_060, 921));
  }
}
