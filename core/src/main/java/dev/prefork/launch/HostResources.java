package dev.prefork.launch;

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
 */
record HostResources(long memory, String memorySource, int processors) {
  private static final String MACHINE = "/proc/meminfo";
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d{1,15}) kB");

  /** Of the host that we are on; the JVM knows how many processors a container is left. */
  static HostResources ofThisProcess() {
    return of(SmallFile::read, Runtime.getRuntime().availableProcessors());
  }

  static HostResources of(Function<String, Optional<String>> files, int processors) {
    Matcher total = TOTAL.matcher(files.apply(MACHINE).orElse(""));
    long machine = total.find() ? Long.parseLong(total.group(1)) << 10 : 0;
    Optional<Limit> container = new ControlGroups(files).memory();
    if (container.isPresent() && (machine == 0 || container.get().value() < machine)) {
      return new HostResources(container.get().value(), container.get().file(), processors);
    }
    return new HostResources(machine, MACHINE, processors);
  }
}
