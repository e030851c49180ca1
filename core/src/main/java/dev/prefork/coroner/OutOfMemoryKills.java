package dev.prefork.coroner;

import dev.prefork.posix.ControlGroups;
import dev.prefork.posix.SmallFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How often the kernel has killed for want of memory in the control group of this process, which
 * its workers inherit. The group counts the victims that were in it, whosever limit it was:
 * memory.events (cgroup v2, groups below it included), memory.oom_control (v1). Where neither is to
 * be seen, /proc/vmstat counts those of the whole machine. A SIGKILL that nobody here has sent and
 * a count that has risen belong together, one and one.
 */
final class OutOfMemoryKills {
  private static final String OF_THE_MACHINE = "/proc/vmstat";
  private static final String TITLE = "oom_kill ";

  /** Victims of one want of memory are found dead within this of each other. */
  private static final long TOGETHER_NS = 1_000_000_000;

  private final Function<String, Optional<String>> files;
  private final String file;
  private long seen;
  private long unclaimed;
  private long seenNs;

  OutOfMemoryKills(Function<String, Optional<String>> files) {
    this.files = files;
    this.file = evidence(files);
    this.seen = count();
  }

  /** On the machine that we are on. */
  static OutOfMemoryKills ofThisProcess() {
    return new OutOfMemoryKills(SmallFile::read);
  }

  /** The nearest group's, for it alone counts nobody else's. */
  private static String evidence(Function<String, Optional<String>> files) {
    List<String> candidates = new ArrayList<>();
    new ControlGroups(files)
        .of("memory")
        .ifPresent(group -> {
          String name = group.unified() ? "memory.events" : "memory.oom_control";
          group.folders().forEach(folder -> candidates.add(folder + "/" + name));
        });
    return candidates.stream()
        .filter(candidate -> files.apply(candidate).isPresent())
        .findFirst()
        .orElse(OF_THE_MACHINE);
  }

  /** Looks at the count; at each death, so that an old one is blamed on nobody. */
  void look(long nowNs) {
    long count = count();
    if (nowNs - seenNs > TOGETHER_NS) {
      unclaimed = 0;
    }
    if (count > seen) {
      unclaimed += count - seen;
      seenNs = nowNs;
    }
    seen = count;
  }

  /** Takes one for a death, if there is one that no other death has taken. */
  boolean claim() {
    boolean claimed = unclaimed > 0;
    if (claimed) {
      unclaimed--;
    }
    return claimed;
  }

  private long count() {
    return files.apply(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(TITLE))
        .mapToLong(line -> Long.parseLong(line.substring(TITLE.length()).trim()))
        .findFirst()
        .orElse(0);
  }
}
