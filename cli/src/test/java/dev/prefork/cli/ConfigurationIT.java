package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.ObedientHandler;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that were told what to do by a file and by the environment. */
class ConfigurationIT {
  @RegisterExtension final Commands commands = new Commands();

  private Path file(String toml) throws IOException {
    return Files.writeString(commands.directory().resolve("prefork.toml"), toml);
  }

  @Test
  void aFileAloneDescribesAServer() throws IOException {
    Path file =
        file(
            """
            application = "%s"
            class-path = "%s"
            listen = ["127.0.0.1:0", "127.0.0.2:0"]
            workers = 2
            spares = 0
            runtime-dir = "run"
            worker-jvm-option = ["-Dshop.region=eu", "-Dx=a b"]
            """
                .formatted(ObedientHandler.class.getName(), Commands.handlers()));
    RunningCommand server =
        commands.launch(List.of("run", "--config", file.toString())).awaitReady();

    assertThat(server.addresses()).hasSize(2);
    assertThat(server.workers()).hasSize(2);
    String worker = Processes.commandLine(server.workers().getFirst());
    assertThat(worker).contains(" -Dshop.region=eu -Dx=a b ").doesNotContain("tomlj");
    assertThat(commands.directory().resolve("run/pid")).exists();
  }

  @Test
  void theEnvironmentOverridesTheFileAndAFlagTheEnvironment() throws IOException {
    Path file = file("workers = 1\nlisten = '127.0.0.3:0'\nruntime-dir = 'run'\n");
    List<String> line = new ArrayList<>(List.of("setsid", "env"));
    line.addAll(
        List.of("PREFORK_WORKERS=2", "PREFORK_LISTEN=127.0.0.2:0", "PREFORK_CONFIG=" + file));
    line.addAll(Commands.javaCommand(List.of("demo", "--listen", "127.0.0.4:0")));
    RunningCommand server = commands.launchLine(line).awaitReady();

    assertThat(server.workers()).hasSize(2);
    assertThat(server.address().getHostString()).isEqualTo("127.0.0.4");
  }

  /** The classes that {@code prefork config} loads. */
  private String classesLoadedBy(String... options) throws IOException {
    commands.expect("NOTE: Picked up JDK_JAVA_OPTIONS");
    Path classes = commands.directory().resolve("classes");
    List<String> line = new ArrayList<>(List.of("setsid", "env"));
    line.add("JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + classes);
    List<String> arguments = new ArrayList<>(List.of("config"));
    arguments.addAll(List.of(options));
    line.addAll(Commands.javaCommand(arguments));
    assertThat(commands.launchLine(line).awaitExit()).isZero();
    return Files.readString(classes);
  }

  @Test
  void aStartWithoutAFileLoadsNoTomlLibrary() throws IOException {
    assertThat(classesLoadedBy("--workers", "2")).contains("picocli").doesNotContain("tomlj");
    assertThat(classesLoadedBy("--config", file("workers = 2").toString())).contains("tomlj");
  }

  @Test
  void aWrongFileEndsTheStartWithALineForEachMistake() throws IOException {
    commands.expect("prefork.toml:1: ", "prefork.toml:2: ");
    Path file = file("wrokers = 2\nlisten = '1978'\n");
    RunningCommand server = commands.launch(List.of("demo", "--config", file.toString()));

    assertThat(server.awaitExit()).isEqualTo(78);
    assertThat(server.log().lines()).hasSize(2);
    assertThat(server.output()).isEmpty();
  }
}
