package dev.prefork.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.cli.RunningCommand;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    return List.of("--aot-cache", commands.directory().resolve("caches").toString());
  }

  @Override
  void awaitWorkersAlone(RunningCommand server) {
    server.awaitLog("trained the AOT cache", TRAINING);
  }

  @Test
  void itsClassesAreInTheCacheThatLaterWorkersStartFrom() throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    String loaded = commands.directory().resolve("loaded-%p").toString();
    RunningCommand server =
        launch(program(), "--workers", "1", "--worker-jvm-option=-Xlog:class+load:file=" + loaded)
            .awaitReady(START);
    awaitWorkersAlone(server);
    long first = Processes.children(server.pid()).getFirst();
    Processes.signal("KILL", first);
    server.awaitLog("gen 1 pid (?!" + first + ")\\d+ ready", START);
    long later = Processes.children(server.pid()).getFirst();
    assertThat(Files.readString(Path.of(loaded.replace("%p", "" + later))))
        .contains("org.springframework.boot.SpringApplication source: shared objects file");
  }
}
