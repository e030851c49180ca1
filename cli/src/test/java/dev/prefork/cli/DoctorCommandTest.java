package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.cli.doctor.Plan;
import dev.prefork.config.PoolConfig;
import dev.prefork.testing.WebProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  private static Plan plan(String... arguments) {
    List<String> words = new ArrayList<>(List.of("doctor"));
    words.addAll(List.of(arguments));
    var parsed = CommandTree.commandLine().parseArgs(words.toArray(String[]::new)).subcommand();
    return new DoctorCommand(parsed, Map.of(), System.out).plan();
  }

  @Test
  void aHandlerIsServedIfNobodySaysWhatIs() {
    Plan plan = plan("--workers", "3", "--concurrency", "5", "--worker-connections", "7");

    assertThat(plan.kind()).isEqualTo(Plan.Kind.HANDLER);
    assertThat(plan.pool()).isEqualTo(PoolConfig.fixed(3, 16, 1));
    assertThat(plan.heap()).isEqualTo(64 * MIB);
    assertThat(plan.connections()).isEqualTo(5);
  }

  @Test
  void aProgramsHeapIsItsPartOfTheHostUnlessAnOptionBoundsIt() throws IOException {
    String jar = ProgramJar.make(directory, WebProgram.class).toString();
    Plan plan = plan("--workers", "3", "--worker-connections", "7", jar);

    assertThat(plan.kind()).isEqualTo(Plan.Kind.PROGRAM);
    assertThat(plan.heap()).isZero();
    assertThat(plan.connections()).isEqualTo(7);
    assertThat(plan(jar, "--worker-heap", "1GiB").heap()).isEqualTo(1_024 * MIB);
    assertThat(plan(jar, "--worker-jvm-option=-Xmx300m").heap()).isEqualTo(300 * MIB);
  }

  @Test
  void aFileMayNameTheProgramAndThePoolThatFollowsTheLoad() throws IOException {
    String jar = ProgramJar.make(directory, WebProgram.class).toString();
    Path file =
        Files.writeString(
            directory.resolve("prefork.toml"),
            "application = \"" + jar + "\"\nworkers = 2\nmin-workers = 1\nmax-workers = 6\n");
    Plan plan = plan(file.toString());

    assertThat(plan.kind()).isEqualTo(Plan.Kind.PROGRAM);
    assertThat(plan.pool()).isEqualTo(new PoolConfig(2, 1, 6, 1, 3, 1));
  }

  @Test
  void aCommandHasNoSpares() {
    Plan plan = plan("--command", "/usr/bin/python3 server.py", "--workers", "2");

    assertThat(plan.kind()).isEqualTo(Plan.Kind.COMMAND);
    assertThat(plan.pool()).isEqualTo(PoolConfig.fixed(2, 16, 0));
    assertThat(plan.runtimeDirectory().toString()).contains("python3");
  }

  @Test
  void aWarFileIsAProgram() {
    assertThat(plan("shop.war").kind()).isEqualTo(Plan.Kind.PROGRAM);
  }
}
