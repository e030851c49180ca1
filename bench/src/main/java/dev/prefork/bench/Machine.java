package dev.prefork.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where figures come from: without it they mean nothing.
 *
 * @param cores that this process may use
 * @param processor its name
 * @param kernel version
 * @param jdk version of the JVM that runs the load, and the servers
 * @param load processes that wanted to run in the last minute, before anything was started
 */
record Machine(int cores, String processor, String kernel, String jdk, double load) {
  private static final double QUIET = 0.25;

  static Machine describe() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        loadAverage());
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static double loadAverage() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Whether others used so much of the machine that the figures are in doubt. */
  boolean isBusy() {
    return load > QUIET * cores;
  }

  @Override
  public String toString() {
    return cores
        + " cores ("
        + processor
        + "), "
        + kernel
        + ", JDK "
        + jdk
        + ", load average before the run "
        + Figures.rounded(load, 2);
  }
}
