package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program as a JVM alone starts it soonest: the smallest collector, the quicker of the two
 * compilers, an AOT cache of its own. What a start takes differs from host to host threefold; the
 * ratio to this one, in turn, does not.
 *
 * @param program without any JVM option
 * @param cache made of one start before
 */
record QuickestStart(LoneProgram program, Path cache) {
  private static final List<String> QUICK =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /**
   * Makes the cache.
   *
   * @param directory it is put there
   * @throws PreforkException if the JVM makes none
   */
  static QuickestStart train(LoneProgram program, Path directory, Belongings belongings) {
    Path cache = directory.resolve(program.program() + "-alone.aot");
    QuickestStart start = new QuickestStart(program, cache);
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
    RunningServer server = program.with(QUICK).with(List.of(cacheOption)).start(belongings);
    belongings.end(server.process());
    return server.readyMs();
  }
}
