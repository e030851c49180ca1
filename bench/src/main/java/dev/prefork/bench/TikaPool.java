package dev.prefork.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the sides have in common.
 *
 * @param program the executable jar of {@code examples/tika}, with Tika's mock parser
 * @param processes that parse, one document at a time each
 * @param timeout that one document may take
 * @param directory logs go here
 */
record TikaPool(Path program, int processes, Duration timeout, Path directory) {
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** What the largest good document needs, several times. */
  static final int HEAP_MIB = 128;

  /**
   * One compiler, whose code is not the best, but with which a start takes a third less of a
   * processor. The processes that Tika forks have the same.
   */
  static final String JVM_OPTION = "-XX:TieredStopAtLevel=1";

  /** A file beside the program's jar: its module puts there what it is compared with. */
  Path beside(String name) {
    return program.resolveSibling(name);
  }

  /** Warm workers for those that die together. */
  static final int SPARES = 5;
}
