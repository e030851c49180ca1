package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program as a JVM alone starts it soonest: the smallest collector, the quicker of the two
 * compilers, an AOT cache of its own. A start takes three times as long on one host as on another:
 * what a worker's is worth shows beside this one, in turn.
 *
 * @param program with all options but the cache
 * @param cache made of one start before
 */
record QuickestStart(LoneProgram program, Path cache) {
  static final List<String> JVM_OPTIONS =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /**
   * Makes the cache.
   *
   * @param program without any JVM option; the cache goes to its directory
   * @throws PreforkException if the JVM makes none
   */
  static QuickestStart train(LoneProgram program, Belongings belongings) {
    Path cache = program.directory().resolve(program.program() + "-alone.aot");
    QuickestStart start = new QuickestStart(program.with(JVM_OPTIONS), cache);
    var _ = start.firstAnswerMs("-XX:AOTCacheOutput=" + cache, belongings);
    if (!Files.exists(cache)) {
      throw new PreforkException(ExitStatus.FAILED, program.name() + " made no AOT cache");
    }
    return start;
  }

  /** Milliseconds from the spawn of its command to its first answer; it has ended then. */
  double firstAnswerMs(Belongings belongings) {
    return firstAnswerMs("-XX:AOTCache=" + cache, belongings);
  }

  private double firstAnswerMs(String cacheOption, Belongings belongings) {
    RunningServer server = program.with(List.of(cacheOption)).start(belongings);
    belongings.end(server.process());
    return server.readyMs();
  }
}
