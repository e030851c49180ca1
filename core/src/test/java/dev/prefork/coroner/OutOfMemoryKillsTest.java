package dev.prefork.coroner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutOfMemoryKillsTest {
  private static final long SECOND = 1_000_000_000;
  private static final String GROUP = "/sys/fs/cgroup/shop/memory.events";

  private final Map<String, String> files = new HashMap<>();

  OutOfMemoryKillsTest() {
    files.put("/proc/self/cgroup", "0::/shop");
    files.put("/proc/self/mountinfo", "28 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
    count("/proc/vmstat", 100);
    count(GROUP, 7);
  }

  private OutOfMemoryKills kills() {
    return new OutOfMemoryKills(path -> Optional.ofNullable(files.get(path)));
  }

  private void count(String file, int kills) {
    files.put(file, "oom_kill_disable 0\noom 1000\noom_kill " + kills + "\noom_group_kill 3");
  }

  private static boolean claims(OutOfMemoryKills kills, long nowNs) {
    kills.look(nowNs);
    return kills.claim();
  }

  @Test
  void aCountThatRoseIsClaimedOnce() {
    OutOfMemoryKills kills = kills();
    assertThat(claims(kills, 0)).isFalse();
    count(GROUP, 8);
    assertThat(claims(kills, SECOND)).isTrue();
    assertThat(claims(kills, SECOND)).isFalse();
  }

  @Test
  void twoVictimsAreTwoDeaths() {
    OutOfMemoryKills kills = kills();
    count(GROUP, 9);
    assertThat(claims(kills, 0)).isTrue();
    assertThat(claims(kills, SECOND)).isTrue();
    assertThat(claims(kills, SECOND)).isFalse();
  }

  @Test
  void aVictimThatWasNoWorkerIsBlamedOnNoLaterDeath() {
    OutOfMemoryKills kills = kills();
    count(GROUP, 8);
    kills.look(0); // at the death of a worker that was not killed
    assertThat(claims(kills, SECOND + 1)).isFalse();
  }

  @Test
  void whatOtherGroupsLoseIsNotOurs() {
    OutOfMemoryKills kills = kills();
    count("/proc/vmstat", 101);
    assertThat(claims(kills, 0)).isFalse();
  }

  @Test
  void versionOneCountsInAnotherFile() {
    files.put("/proc/self/cgroup", "4:memory:/shop\n0::/");
    files.put("/proc/self/mountinfo", "34 30 0:31 / /memory rw - cgroup cgroup rw,memory");
    count("/memory/memory.oom_control", 50);
    count("/memory/shop/memory.oom_control", 0);
    OutOfMemoryKills kills = kills();
    count("/memory/memory.oom_control", 51);
    assertThat(claims(kills, 0)).isFalse();
    count("/memory/shop/memory.oom_control", 1);
    assertThat(claims(kills, 0)).isTrue();
  }

  @Test
  void withoutAGroupTheMachineCounts() {
    files.keySet().removeIf(file -> !file.equals("/proc/vmstat"));
    OutOfMemoryKills kills = kills();
    assertThat(claims(kills, 0)).isFalse();
    count("/proc/vmstat", 101);
    assertThat(claims(kills, 0)).isTrue();
  }

  @Test
  void withoutAnyEvidenceNobodyIsBlamed() {
    files.clear();
    assertThat(claims(kills(), 0)).isFalse();
  }
}
