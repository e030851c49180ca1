package dev.prefork.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.PoolConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
  private static final String SERVICE = "/sys/fs/cgroup/system.slice/shop.service/";
  private static final String SLICE = "/sys/fs/cgroup/system.slice/";

  private static final Path RUNTIME_DIRECTORY = Path.of("/run/prefork/shop");

  private final FakeMachine machine = new FakeMachine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static Plan plan(
      Plan.Kind kind, PoolConfig pool, long heap, Duration stopTimeout, Path runtimeDirectory) {
    return new Plan(kind, pool, 1, 16, 1, heap, stopTimeout, runtimeDirectory);
  }

  private static Plan plan(PoolConfig pool, Duration stopTimeout, Path runtimeDirectory) {
    return plan(Plan.Kind.HANDLER, pool, 64L << 20, stopTimeout, runtimeDirectory);
  }

  private static Plan plan(int workers, int maxWorkers) {
    return plan(
        PoolConfig.fixed(workers, maxWorkers, 0), Duration.ofSeconds(25), RUNTIME_DIRECTORY);
  }

  private static Plan plan(Path runtimeDirectory) {
    return plan(PoolConfig.fixed(8, 32, 0), Duration.ofSeconds(25), runtimeDirectory);
  }

  private static Plan plan(Duration stopTimeout) {
    return plan(PoolConfig.fixed(8, 32, 0), stopTimeout, RUNTIME_DIRECTORY);
  }

  private static Plan plan(Plan.Kind kind, PoolConfig pool, long heap) {
    return plan(kind, pool, heap, Duration.ofSeconds(25), RUNTIME_DIRECTORY);
  }

  private List<String> findings(Plan plan) {
    out.reset();
    int code = new Doctor(machine).check(plan, false, new PrintStream(out, true, UTF_8));
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(code)
        .isEqualTo(lines.stream().anyMatch(line -> line.startsWith("problem ")) ? 1 : 0);
    return lines.subList(0, lines.size() - 1);
  }

  private List<String> findings() {
    return findings(plan(8, 32));
  }

  @Test
  void aGoodMachineHasNoFindings() {
    assertThat(findings()).isEmpty();
    assertThat(out.toString(UTF_8)).isEqualTo("9 checks; problems: 0, warnings: 0, notes: 0\n");
  }

  @Test
  void whatCanNotBeReadIsNotComplainedAbout() {
    Machine bare =
        new Machine() {
          @Override
          public Optional<String> read(String path) {
            return Optional.empty();
          }

          @Override
          public Map<String, String> environment() {
            return Map.of("INVOCATION_ID", "1");
          }

          @Override
          public Optional<String> unitProperty(String unit, String property) {
            return Optional.empty();
          }

          @Override
          public JavaFacts java() {
            return new JavaFacts(25, true, true, true, true);
          }
        };

    assertThat(new Doctor(bare).check(plan(1_000, 4_000), false, new PrintStream(out))).isZero();
  }

  @Test
  void aBacklogAboveTheKernelsIsAProblem() {
    machine.with("/proc/sys/net/core/somaxconn", "15");

    assertThat(findings())
        .containsExactly(
            "problem backlog: the backlog of 16 is cut to 15, the kernel's net.core.somaxconn",
            "  fix: sysctl -w net.core.somaxconn=16, or a smaller --backlog");
    machine.with("/proc/sys/net/core/somaxconn", "16");
    assertThat(findings()).isEmpty();
  }

  @Test
  void openFilesAreNeededByTheSupervisorForEachWorker() {
    machine.limits(228, "unlimited");

    assertThat(findings())
        .containsExactly(
            "problem open-files: the limit of 228 open files is below the 229 that the supervisor"
                + " needs for 32 workers",
            "  fix: ulimit -n 256, or LimitNOFILE= in the systemd unit");
    machine.limits(229, "unlimited");
    assertThat(findings()).isEmpty();
  }

  @Test
  void moreHeapThanTheMachineHasIsAProblem() {
    machine.memory(895, 8_000, 1_000); // 8 * (64 + 40) + 64 = 896

    assertThat(findings(plan(8, 8)))
        .containsExactly(
            "problem memory: 8 workers with 64 MiB of heap may take 896 MiB in all, more than the"
                + " machine's memory, 895 MiB",
            "  fix: fewer --workers, a smaller --worker-heap, or more memory");
    machine.memory(896, 8_000, 1_000);
    assertThat(findings(plan(8, 8))).isEmpty();
    assertThat(findings(plan(8, 9)))
        .first()
        .asString()
        .startsWith("warning memory: 9 workers with 64 MiB");
  }

  @Test
  void aSpareTakesMemoryToo() {
    machine.memory(999, 8_000, 1_000); // 9 * (64 + 40) + 64 = 1000
    PoolConfig withSpare = PoolConfig.fixed(8, 8, 1);

    assertThat(findings(plan(Plan.Kind.HANDLER, withSpare, 64L << 20)))
        .first()
        .asString()
        .startsWith("problem memory: 9 workers with 64 MiB of heap may take 1000 MiB in all");
  }

  @Test
  void whatProgramsNeedBesideTheirPartsOfTheMemoryMustFitToo() {
    machine.memory(1_024, 8_000, 1_000);
    PoolConfig four = PoolConfig.fixed(4, 16, 1); // 5 * (122 + 100) + 64 = 1174

    assertThat(findings(plan(Plan.Kind.PROGRAM, four, 0)))
        .containsExactly(
            "problem memory: 5 workers with 122 MiB of heap may take 1174 MiB in all, more than"
                + " the machine's memory, 1024 MiB",
            "  fix: fewer --workers, or more memory");
    machine.memory(2_048, 8_000, 1_000);
    assertThat(findings(plan(Plan.Kind.PROGRAM, four, 0))).isEmpty();
  }

  @Test
  void aPoolThatGrowsByItselfMustFitAtItsLargest() {
    machine.memory(4_096, 8_000, 1_000);
    PoolConfig growing = new PoolConfig(2, 1, 30, 1, 3, 1);

    assertThat(findings(plan(Plan.Kind.PROGRAM, growing, 0)))
        .first()
        .asString()
        .startsWith("problem memory: 31 workers with 79 MiB of heap");
  }

  @Test
  void nobodyKnowsWhatACommandTakes() {
    machine.memory(100, 8_000, 1_000).with(SLICE + "pids.max", "24");

    assertThat(findings(plan(Plan.Kind.COMMAND, PoolConfig.fixed(8, 8, 0), 0))).isEmpty();
    machine.with(SLICE + "pids.max", "23");
    assertThat(findings(plan(Plan.Kind.COMMAND, PoolConfig.fixed(8, 8, 0), 0)))
        .first()
        .asString()
        .startsWith("problem processes: 8 workers have about 24 threads");
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVICE, SLICE, "/sys/fs/cgroup/"})
  void theLowestLimitOfTheCgroupAndItsParentsCounts(String group) {
    for (String each : List.of(SERVICE, SLICE)) {
      machine.with(each + "memory.max", each.equals(SERVICE) ? "max" : "2000000000");
    }
    machine.with(group + "memory.max", Long.toString(512L << 20));

    assertThat(findings())
        .first()
        .asString()
        .endsWith("more than the limit of the cgroup (memory.max), 512 MiB");
  }

  @Test
  void aMemoryLimitOfCgroupVersionOneCountsToo() {
    machine
        .with("/proc/self/cgroup", "4:memory:/shop/a\n1:name=systemd:/shop\n0::/")
        .with("/proc/self/mountinfo", "34 30 0:31 / /memory rw - cgroup cgroup rw,memory")
        .with("/memory/shop/a/memory.limit_in_bytes", "9223372036854771712") // none
        .with("/memory/shop/memory.limit_in_bytes", Long.toString(512L << 20))
        .with("/memory/memory.limit_in_bytes", "9223372036854771712");

    assertThat(findings())
        .first()
        .asString()
        .endsWith("more than the limit of the cgroup (memory.limit_in_bytes), 512 MiB");
    machine.with("/memory/shop/memory.limit_in_bytes", "9223372036854771712");
    assertThat(findings()).isEmpty();
  }

  @Test
  void strictOvercommitCountsWhatIsLeftToPromise() {
    machine.with("/proc/sys/vm/overcommit_memory", "2").memory(16_000, 2_000, 1_500);

    assertThat(findings())
        .containsExactly(
            "problem memory: 8 workers with 64 MiB of heap may take 896 MiB in all, more than what"
                + " vm.overcommit_memory=2 has left to promise, 500 MiB",
            "  fix: sysctl -w vm.overcommit_memory=0, or a higher vm.overcommit_ratio");
  }

  @Test
  void threadsCountAsProcessesOfTheCgroupOrTheUser() {
    machine.with(SLICE + "pids.max", "100");
    assertThat(findings().getFirst())
        .isEqualTo(
            "problem processes: 8 workers have about 152 threads, more than the cgroup's pids.max,"
                + " 100");
    machine.with(SLICE + "pids.max", "152");
    assertThat(findings().getFirst()).startsWith("warning processes: 32 workers have about 560");
    machine.with(SLICE + "pids.max", "560");
    assertThat(findings()).isEmpty();
    machine.limits(1_024, "151");
    assertThat(findings().getFirst()).endsWith("more than this user's limit, 151");
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me/run, problem runtime-dir: /home/me/run is on nfs4",
    "/mnt/a b/run, problem runtime-dir: /mnt/a b/run is on fuse.sshfs",
    "/var/run2, warning runtime-dir: /var/run2 is on a disk (ext4)",
    "/runs/x, warning runtime-dir: /runs/x is on a disk (ext4)"
  })
  void theRuntimeDirectoryBelongsInMemory(Path directory, String finding) {
    List<String> findings = findings(plan(directory));

    assertThat(findings.getFirst()).startsWith(finding);
    assertThat(findings.getLast())
        .isEqualTo("  fix: --runtime-dir /run/prefork/NAME, which is in memory");
  }

  @Test
  void kubernetesKillsAfterThirtySeconds() {
    machine.environment("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    assertThat(findings(plan(Duration.ofSeconds(28)))).isEmpty();
    assertThat(findings(plan(Duration.ofSeconds(29))))
        .containsExactly(
            "warning stop-timeout: a stop may take 31s, and Kubernetes kills after 30s unless the"
                + " pod says otherwise",
            "  fix: terminationGracePeriodSeconds: 36, or a smaller --stop-timeout");
  }

  @Test
  void systemdKillsWhenItsUnitSays() {
    machine
        .environment("INVOCATION_ID", "0123")
        .unit("shop.service", "TimeoutStopUSec", "1min 30s");

    assertThat(findings(plan(Duration.ofSeconds(88)))).isEmpty();
    assertThat(findings(plan(Duration.ofSeconds(89))))
        .containsExactly(
            "problem stop-timeout: a stop may take 91s, and systemd kills after 90s",
            "  fix: TimeoutStopSec=96 in the unit, or a smaller --stop-timeout");
    machine.with("/proc/self/cgroup", "1:name=systemd:/system.slice/shop.service");
    assertThat(findings(plan(Duration.ofSeconds(89)))).hasSize(2);
    machine.unit("shop.service", "TimeoutStopUSec", "infinity");
    assertThat(findings(plan(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void aShellAsProcessOneKeepsSignalsFromItsChild() {
    machine.with("/proc/1/comm", "dash").status(1, "0000000000001000");
    assertThat(findings())
        .first()
        .asString()
        .startsWith("problem signals: process 1 is a shell (dash)");
    machine.status(17, "0000000000001000"); // somebody between may pass them on
    assertThat(findings()).isEmpty();
  }

  @Test
  void signalsIgnoredAtTheStartAreSaid() {
    machine.status(4_711, "0000000000000003");

    assertThat(findings())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("warning signals: HUP is ignored"))
        .anyMatch(line -> line.startsWith("note signals: INT is ignored"));
  }

  @Test
  void hugePagesForEverybodyAreAWarning() {
    machine.with("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");

    assertThat(findings().getFirst()).startsWith("warning huge-pages:");
    assertThat(findings(plan(Plan.Kind.PROGRAM, PoolConfig.fixed(2, 8, 0), 0)))
        .noneMatch(line -> line.contains("huge-pages"));
  }

  @Test
  void aJdkMustHaveWhatWorkersUse() {
    machine.java(new Machine.JavaFacts(26, false, false, false, false));

    assertThat(findings().stream().filter(line -> !line.startsWith("  fix")).toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("problem java: this JDK lacks the module"),
            line -> assertThat(line).startsWith("problem java: workers of this JDK can't adopt"),
            line -> assertThat(line).isEqualTo("warning java: Java 26 is untested"),
            line -> assertThat(line).startsWith("warning java: this JDK has no class-data-sharing"),
            line -> assertThat(line).startsWith("warning java: native access is not enabled"));
  }

  @Test
  void jsonHasTheSame() {
    machine.with("/proc/sys/net/core/somaxconn", "15");
    int code = new Doctor(machine).check(plan(8, 32), true, new PrintStream(out, true, UTF_8));

    assertThat(code).isEqualTo(Doctor.PROBLEMS);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "{\"findings\":[{\"level\":\"problem\",\"check\":\"backlog\",\"text\":\"the backlog of"
                + " 16 is cut to 15, the kernel's net.core.somaxconn\",\"fix\":\"sysctl -w"
                + " net.core.somaxconn=16, or a smaller --backlog\"}],"
                + "\"checks\":9,\"problems\":1}\n");
  }
}
