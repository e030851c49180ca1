package dev.prefork.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.cli.RunningCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Spring Boot: a launcher, and jars within the jar, unpacked for the ahead-of-time cache. */
class SpringBootIT extends ProgramContract {
  /** Some minutes where the processors are busy. */
  private static final Duration TRAINING = Duration.ofMinutes(5);

  /** Each takes the processors for ten seconds to start: four are for the slow ring. */
  @Override
  int workers() {
    return Integer.getInteger("programs.workers", 4);
  }

  @Override
  ServerProgram program() {
    return ServerProgram.wholeJar("prefork-program-spring-boot", "--server.port=PORT");
  }

  @Override
  List<String> options() {
    return List.of(
        "--aot-cache",
        commands.directory().resolve("caches").toString(),
        "--worker-jvm-option=-Xlog:class+load:file=" + loadedClasses("%p"));
  }

  private Path loadedClasses(String pid) {
    return commands.directory().resolve("loaded-" + pid);
  }

  @Override
  void awaitWorkersAlone(RunningCommand server) {
    server.awaitLog("trained the AOT cache", TRAINING);
  }

  /** Its classes come from the cache. */
  @Override
  void checkLaterWorker(long pid) {
    assertThat(loadedClasses(Long.toString(pid)))
        .content()
        .contains("org.springframework.boot.SpringApplication source: shared objects file");
  }
}
