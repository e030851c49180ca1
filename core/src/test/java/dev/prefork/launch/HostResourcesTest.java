package dev.prefork.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostResourcesTest {
  private static final String FOUR_GIB = "MemTotal:        4194304 kB\nMemFree:  12 kB\n";
  private static final String MOUNTS = "28 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw";

  private static HostResources withMemoryMax(String max) {
    Map<String, String> files =
        Map.of(
            "/proc/meminfo", FOUR_GIB,
            "/proc/self/cgroup", "0::/shop",
            "/proc/self/mountinfo", MOUNTS,
            "/sys/fs/cgroup/shop/memory.max", max);
    return HostResources.of(path -> Optional.ofNullable(files.get(path)), 2);
  }

  @Test
  void aContainersLimitCountsWhereItIsBelowTheMachines() {
    assertThat(withMemoryMax("1073741824"))
        .isEqualTo(new HostResources(1L << 30, "memory.max", 2, false));
  }

  @Test
  void aContainerWithoutALimitOrWithAHugeOneHasTheMachine() {
    HostResources machine = new HostResources(4L << 30, "/proc/meminfo", 2, false);

    assertThat(withMemoryMax("max")).isEqualTo(machine);
    assertThat(withMemoryMax("9223372036854771712")).isEqualTo(machine);
    assertThat(withMemoryMax("107374182400")).isEqualTo(machine);
  }

  @Test
  void whereNobodyTellsTheMemoryIsUnknown() {
    assertThat(HostResources.of(path -> Optional.empty(), 3).memory()).isZero();
  }

  @Test
  void hugePagesAreGivenWhereTheKernelWaitsToBeAskedAndTheyAreOfTheUsualSize() {
    assertThat(withHugePages("always [madvise] never", "2097152").hugePages()).isTrue();
    assertThat(withHugePages("[always] madvise never", "2097152").hugePages()).isFalse();
    assertThat(withHugePages("always madvise [never]", "2097152").hugePages()).isFalse();
    assertThat(withHugePages("always [madvise] never", "536870912").hugePages()).isFalse();
    assertThat(withMemoryMax("max").hugePages()).isFalse();
  }

  private static HostResources withHugePages(String enabled, String size) {
    String directory = "/sys/kernel/mm/transparent_hugepage/";
    Map<String, String> files =
        Map.of(directory + "enabled", enabled + "\n", directory + "hpage_pmd_size", size + "\n");
    return HostResources.of(path -> Optional.ofNullable(files.get(path)), 2);
  }
}
