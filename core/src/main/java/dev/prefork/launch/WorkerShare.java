package dev.prefork.launch;

import dev.prefork.config.PoolConfig;
import dev.prefork.config.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program's part of the host, in words to its JVM, which would otherwise size heap, compilers and
 * pools for all of it. What the user has chosen stays as chosen.
 *
 * @param flags for the JVM
 * @param text the same for people; empty if the user has chosen all
 */
record WorkerShare(List<String> flags, String text) {
  private static final long MIB = 1L << 20;

  private static final Pattern PROCESSORS_CHOICE = Pattern.compile("-XX:ActiveProcessorCount=.*");

  /** ZGC asks for them by another setting of the kernel, and warns where that is off. */
  private static final Pattern PAGES_CHOICE =
      Pattern.compile("-XX:(\\+UseZGC|[+-]Use(LargePages|TransparentHugePages))");

  /** A tenth less time to start for 9 to 16 MiB: docs/decisions/0019. */
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  /** Of memory for each worker: below it, what they take would be more than a twentieth. */
  private static final long HUGE_PAGES_FROM = 256 * MIB;

  WorkerShare {
    flags = List.copyOf(flags);
  }

  /**
   * A heap that begins small and grows with what is kept: an idle worker of Jetty has 54 MB instead
   * of 87, and one of Tika with 128 MiB starts with a tenth less processor time, since it touches
   * 14,000 pages instead of 22,000.
   *
   * @param most it may become, in bytes
   */
  static List<String> heap(long most) {
    return List.of("-Xmx" + most, "-Xms" + Math.min(most, HostResources.LEAST_HEAP));
  }

  /**
   * Divides.
   *
   * @param userOptions what the user tells the workers' JVM
   * @param heapChosen whether that, or an option of ours, bounds the heap
   */
  static WorkerShare of(
      HostResources host, PoolConfig pool, List<String> userOptions, boolean heapChosen) {
    int workers = pool.largest();
    List<String> flags = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    if (!heapChosen && host.memory() > 0) {
      long heap = host.heap(pool);
      flags.addAll(heap(heap));
      parts.add(
          "a heap of at most "
              + Units.formatSize(heap)
              + " ("
              + HostResources.HEAPS_PERCENT
              + " % of "
              + host.memory() / MIB
              + "MiB, "
              + host.memorySource()
              + ", for "
              + workers
              + " with the spares; worker-heap overrides it)");
    }
    if (!matches(userOptions, PROCESSORS_CHOICE)) {
      int processors = Math.ceilDiv(host.processors(), workers);
      flags.add("-XX:ActiveProcessorCount=" + processors);
      parts.add("the size for " + processors + " of " + host.processors() + " processors");
    }
    if (host.hugePages()
        && host.memory() / workers >= HUGE_PAGES_FROM
        && !matches(userOptions, PAGES_CHOICE)) {
      flags.add(HUGE_PAGES);
      parts.add("huge pages");
    }
    String text = parts.isEmpty() ? "" : "each worker gets ";
    return new WorkerShare(flags, text + String.join(" and ", parts));
  }

  private static boolean matches(List<String> options, Pattern choice) {
    return options.stream().anyMatch(option -> choice.matcher(option).matches());
  }
}
