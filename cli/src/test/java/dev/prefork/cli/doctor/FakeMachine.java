package dev.prefork.cli.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A machine that is right for a default server, until the test makes something wrong. */
final class FakeMachine implements Machine {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> units = new HashMap<>();
  private JavaFacts java = new JavaFacts(25, true, true, true, true);

  FakeMachine() {
    with("/proc/sys/net/core/somaxconn", "4096");
    with("/proc/sys/vm/overcommit_memory", "0");
    with("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
    with("/proc/1/comm", "systemd");
    with("/proc/self/cgroup", "0::/system.slice/shop.service");
    memory(16_000, 8_000, 1_000);
    limits(1_024, "unlimited");
    status(4_711, "0000000000001000");
    with(
        "/proc/self/mountinfo",
        """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        25 22 0:23 / /run rw,nosuid shared:2 - tmpfs tmpfs rw,size=1G
        28 22 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw
        31 22 0:40 / /home rw shared:10 - nfs4 server:/home rw
        32 22 0:41 / /mnt/a\\040b rw shared:11 - fuse.sshfs host:/ rw
        """);
  }

  FakeMachine with(String path, String text) {
    files.put(path, text);
    return this;
  }

  FakeMachine environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  FakeMachine unit(String unit, String property, String value) {
    units.put(unit + " " + property, value);
    return this;
  }

  FakeMachine java(JavaFacts facts) {
    java = facts;
    return this;
  }

  FakeMachine memory(long totalMib, long commitLimitMib, long committedMib) {
    return with(
        "/proc/meminfo",
        "MemTotal:       "
            + totalMib * 1_024
            + " kB\nMemFree: 12 kB\nCommitLimit:    "
            + commitLimitMib * 1_024
            + " kB\nCommitted_AS:   "
            + committedMib * 1_024
            + " kB");
  }

  FakeMachine limits(long openFiles, String processes) {
    return with(
        "/proc/self/limits",
        "Limit                     Soft Limit           Hard Limit           Units\n"
            + "Max processes             "
            + processes
            + "                60000        processes\n"
            + "Max open files            "
            + openFiles
            + "                524288       files");
  }

  FakeMachine status(int parent, String ignored) {
    return with(
        "/proc/self/status", "Name:\tjava\nPPid:\t" + parent + "\nSigIgn:\t" + ignored + "\n");
  }

  @Override
  public Optional<String> read(String path) {
    return Optional.ofNullable(files.get(path)).map(String::strip);
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Optional<String> unitProperty(String unit, String property) {
    return Optional.ofNullable(units.get(unit + " " + property));
  }

  @Override
  public JavaFacts java() {
    return java;
  }
}
