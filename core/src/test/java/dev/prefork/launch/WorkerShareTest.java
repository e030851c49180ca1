package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.PoolConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerShareTest {
  private static final HostResources TWO_GIB = new HostResources(2L << 30, "memory.max", 6, false);

  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  private static WorkerShare share(HostResources host, int workers, int spares) {
    return WorkerShare.of(host, PoolConfig.fixed(workers, 64, spares), List.of(), false);
  }

  @Test
  void theHostIsDividedByAllThatMayLiveAtATime() {
    WorkerShare share = share(TWO_GIB, 3, 1);

    assertThat(share.flags())
        .containsExactly("-Xmx" + (307L << 20), "-Xms" + (16L << 20), "-XX:ActiveProcessorCount=2");
    assertThat(share.text())
        .isEqualTo(
            "each worker gets a heap of at most 307MiB (60 % of 2048MiB, memory.max, for 4 with the"
                + " spares; worker-heap overrides it) and the size for 2 of 6 processors");
  }

  @Test
  void aPoolThatGrowsByItselfIsDividedByAllThatItMayGrowTo() {
    PoolConfig growing = new PoolConfig(2, 1, 7, 1, 3, 1);

    assertThat(WorkerShare.of(TWO_GIB, growing, List.of(), false).flags())
        .containsExactly("-Xmx" + (153L << 20), "-Xms" + (16L << 20), "-XX:ActiveProcessorCount=1");
  }

  @Test
  void aHeapBeginsSmallHoweverLargeItMayGrow() {
    assertThat(share(new HostResources(64L << 30, "/proc/meminfo", 8, false), 8, 0).flags())
        .contains("-Xmx" + (4_915L << 20), "-Xms" + (16L << 20));
  }

  @Test
  void everyWorkerHasAProcessorAndALittleHeap() {
    assertThat(share(new HostResources(128L << 20, "memory.max", 1, false), 16, 0).flags())
        .containsExactly("-Xmx" + (16L << 20), "-Xms" + (16L << 20), "-XX:ActiveProcessorCount=1");
  }

  @Test
  void aHeapBeginsSmallAndNoLargerThanItMayBecome() {
    assertThat(WorkerShare.heap(128L << 20))
        .containsExactly("-Xmx" + (128L << 20), "-Xms" + (16L << 20));
    assertThat(WorkerShare.heap(8L << 20))
        .containsExactly("-Xmx" + (8L << 20), "-Xms" + (8L << 20));
  }

  @Test
  void whatTheUserHasChosenIsLeftAndNotTold() {
    List<String> options = List.of("-XX:ActiveProcessorCount=4");

    assertThat(WorkerShare.of(TWO_GIB, PoolConfig.fixed(2, 16, 0), options, true))
        .isEqualTo(new WorkerShare(List.of(), ""));
    assertThat(WorkerShare.of(TWO_GIB, PoolConfig.fixed(2, 16, 0), options, false).flags())
        .containsExactly("-Xmx" + (614L << 20), "-Xms" + (16L << 20));
  }

  @Test
  void anUnknownMemoryLeavesTheHeapToTheJvm() {
    assertThat(share(new HostResources(0, "/proc/meminfo", 2, false), 2, 0).flags())
        .containsExactly("-XX:ActiveProcessorCount=1");
  }

  @Test
  void hugePagesAreAskedForWhereEachWorkerHasMemoryEnough() {
    HostResources host = new HostResources(1L << 30, "memory.max", 4, true);

    assertThat(share(host, 4, 0).flags()).endsWith(HUGE_PAGES);
    assertThat(share(host, 4, 0).text()).endsWith(" processors and huge pages");
    assertThat(share(host, 4, 1).flags()).doesNotContain(HUGE_PAGES);
    assertThat(share(TWO_GIB, 4, 0).flags()).doesNotContain(HUGE_PAGES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:-UseTransparentHugePages",
        "-XX:+UseTransparentHugePages",
        "-XX:+UseLargePages",
        "-XX:+UseZGC"
      })
  void whoChoosesPagesOrACollectorWithItsOwnIsAskedForNone(String option) {
    HostResources host = new HostResources(1L << 30, "memory.max", 4, true);

    assertThat(WorkerShare.of(host, PoolConfig.fixed(4, 64, 0), List.of(option), false).flags())
        .doesNotContain(HUGE_PAGES);
  }
}
