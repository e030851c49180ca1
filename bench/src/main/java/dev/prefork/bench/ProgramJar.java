package dev.prefork.bench;

import java.nio.file.Path;

/** The executable jar of HTTP servers, with what it needs beside it. */
final class ProgramJar {
  private static final String MAIN = "dev.prefork.bench.programs.Program";

  private ProgramJar() {}

  static Path find() {
    try {
      return Laboratory.placeOf(Class.forName(MAIN));
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the jar is on the class path of the benchmarks", e);
    }
  }
}
