package dev.prefork.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What both sides have in common.
 *
 * @param program the executable jar of {@code examples/tika}, with Tika's mock parser
 * @param processes that parse, one document at a time each
 * @param timeout that one document may take
 * @param directory logs go here
 */
record TikaPool(Path program, int processes, Duration timeout, Path directory) {
  /** What the largest good document needs, several times. */
  static final int HEAP_MIB = 128;
}
