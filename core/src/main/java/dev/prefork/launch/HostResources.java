package dev.prefork.launch;

import dev.prefork.config.PoolConfig;
import dev.prefork.posix.ControlGroups;
import dev.prefork.posix.ControlGroups.Limit;
import dev.prefork.posix.SmallFile;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the workers have to share: the container's memory and processors, or the machine's.
 *
 * @param memory in bytes; 0 if nobody tells
 * @param memorySource who says so: {@code memory.max}
 * @param processors at least 1
 * @param hugePages whether the kernel gives huge pages of 2 MiB to who asks for them, and to nobody
 *     else
 */
public record HostResources(long memory, String memorySource, int processors, boolean hugePages) {
  /** What all heaps of programs together may take; the rest is for what JVMs need beside them. */
  static final int HEAPS_PERCENT = 60;

  private static final long MIB = 1L << 20;

  /** In bytes. Less is no heap for a server. */
  static final long LEAST_HEAP = 16 * MIB;

  private static final String MACHINE = "/proc/meminfo";
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d{1,15}) kB");

  /** See Documentation/admin-guide/mm/transhuge.rst of the kernel. */
  private static final String HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage/";

  /** In bytes. Where small ones have 64 KiB, a huge one has 512 MiB: more than most heaps. */
  private static final String USUAL_HUGE_PAGE = Long.toString(2 * MIB);

  /** Of the host that we are on; the JVM knows how many processors a container is left. */
  static HostResources ofThisProcess() {
    return of(SmallFile::read, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Of a host.
   *
   * @param files a file's text by its path; empty if it can't be read
   * @param processors how many it has for us
   */
  public static HostResources of(Function<String, Optional<String>> files, int processors) {
    Matcher total = TOTAL.matcher(files.apply(MACHINE).orElse(""));
    long machine = total.find() ? Long.parseLong(total.group(1)) << 10 : 0;
    boolean hugePages = hugePages(files);
    Optional<Limit> container = new ControlGroups(files).memory();
    if (container.isPresent() && (machine == 0 || container.get().value() < machine)) {
      return new HostResources(
          container.get().value(), container.get().file(), processors, hugePages);
    }
    return new HostResources(machine, MACHINE, processors, hugePages);
  }

  private static boolean hugePages(Function<String, Optional<String>> files) {
    return files.apply(HUGE_PAGES + "enabled").orElse("").contains("[madvise]")
        && files.apply(HUGE_PAGES + "hpage_pmd_size").orElse("").strip().equals(USUAL_HUGE_PAGE);
  }

  /** Whether the machine's memory is the limit, and no container's. */
  public boolean hasMachinesMemory() {
    return memorySource.equals(MACHINE);
  }

  /**
   * The heap of each worker of a program, in bytes, if nobody says another: its part of 60 % of the
   * memory, by the largest number of workers that the pool has by itself; at least 16 MiB.
   */
  public long heap(PoolConfig pool) {
    long part = memory / 100 * HEAPS_PERCENT / pool.largest();
    return Math.max(LEAST_HEAP, part / MIB * MIB);
  }
}
