package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.ControlGroups.Group;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {
  private static final String UNIFIED = "28 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw";
  private static final String HYBRID =
      """
      31 30 0:28 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu
      34 30 0:31 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,hugetlb,memory
      40 30 0:37 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
      """;

  private static Optional<Group> group(String membership, String mounts, String controller) {
    Map<String, String> files = Map.of("/proc/self/cgroup", membership, Mount.FILE, mounts);
    return new ControlGroups(path -> Optional.ofNullable(files.get(path))).of(controller);
  }

  @Test
  void theUnifiedHierarchyHasAllControllers() {
    assertThat(group("0::/system.slice/shop.service\n", UNIFIED, "memory"))
        .contains(
            new Group(
                true,
                "/system.slice/shop.service",
                List.of(
                    "/sys/fs/cgroup/system.slice/shop.service",
                    "/sys/fs/cgroup/system.slice",
                    "/sys/fs/cgroup")));
  }

  @Test
  void aControllerMayHaveAHierarchyOfItsOwn() {
    String membership = "0::/u\n5:hugetlb,memory:/shop\n2:cpu:/\n1:name=systemd:/shop.service";

    assertThat(group(membership, HYBRID, "memory"))
        .contains(
            new Group(
                false, "/shop", List.of("/sys/fs/cgroup/memory/shop", "/sys/fs/cgroup/memory")));
    assertThat(group(membership, HYBRID, "cpu"))
        .contains(new Group(false, "/", List.of("/sys/fs/cgroup/cpu")));
    assertThat(group(membership, HYBRID, "pids"))
        .contains(
            new Group(true, "/u", List.of("/sys/fs/cgroup/unified/u", "/sys/fs/cgroup/unified")));
    assertThat(group(membership, HYBRID, "name=systemd"))
        .contains(new Group(false, "/shop.service", List.of()));
  }

  @Test
  void aContainerSeesAPartOfTheHierarchy() {
    String mount = "34 30 0:31 /docker/1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory";

    assertThat(group("4:memory:/docker/1/a", mount, "memory").orElseThrow().folders())
        .containsExactly("/sys/fs/cgroup/memory/a", "/sys/fs/cgroup/memory");
    assertThat(group("4:memory:/docker/1", mount, "memory").orElseThrow().folders())
        .containsExactly("/sys/fs/cgroup/memory");
    assertThat(group("4:memory:/docker/12", mount, "memory").orElseThrow().folders()).isEmpty();
  }

  @Test
  void whereNothingCanBeReadThereIsNone() {
    assertThat(group("", "", "memory")).isEmpty();
    assertThat(group("no such line\n1:cpu", UNIFIED, "memory")).isEmpty();
    assertThat(group("0::/a", "", "memory")).contains(new Group(true, "/a", List.of()));
  }
}
