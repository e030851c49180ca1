package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperateMainTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return OperateMain.run(
        args,
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Belongings()));
  }

  @Test
  void allExperimentsTakeTheirTurnUnlessSomeAreChosen() {
    assertThat(OperateOptions.parse().experiments())
        .extracting(Experiment::name)
        .containsExactly("spare", "status", "pool", "timeout", "recycle", "soak", "cost");
    assertThat(OperateOptions.parse("--only", "cost,spare").experiments())
        .extracting(Experiment::name)
        .containsExactly("spare", "cost");
    assertThatThrownBy(() -> OperateOptions.parse("--only", "cost,spar"))
        .isInstanceOf(PreforkException.class)
        .hasMessage(
            "--only must be some of spare,status,pool,timeout,recycle,soak,cost with commas between,"
                + " not spar");
  }

  @Test
  void theSoakIsAsLongAsAskedForElseTenMinutesOrQuick() {
    assertThat(OperateOptions.parse("--only", "soak").experiments())
        .containsExactly(new Soak(Duration.ofMinutes(1), Duration.ofMinutes(10)));
    assertThat(OperateOptions.parse("--only", "soak", "--quick").experiments())
        .containsExactly(new Soak(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    assertThat(OperateOptions.parse("--only", "soak", "--minutes", "60").experiments())
        .containsExactly(new Soak(Duration.ofMinutes(1), Duration.ofMinutes(60)));
  }

  @Test
  void helpIsAResultAndAWrongOptionAUsageError() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: bench/operate ");
    assertThat(run("--fast")).isEqualTo(64);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("bench: there is no option --fast\nusage: bench/operate ");
  }

  @Test
  void anExperimentThatFailsIsARowAndABarMissedAndTheNextOneIsDone() throws IOException {
    Path prefork = Files.writeString(directory.resolve("prefork"), "#!/bin/sh\nexit 69\n");
    Files.setPosixFilePermissions(prefork, PosixFilePermissions.fromString("rwx------"));
    Path report = directory.resolve("report.md");
    String[] args = {
      "--prefork", "" + prefork, "--only", "timeout,recycle", "--markdown", "" + report
    };
    assertThat(run(args)).isEqualTo(70);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("\\| timeout: failed +\\| +- \\| +<= 0 \\| +no \\|")
        .contains("\ntimeout failed: prefork timeout: it did not become ready and ended with exit")
        .contains("\nrecycle failed: prefork recycle: it did not become ready and ended with exit")
        .endsWith("Bars missed: 2.\n");
    assertThat(report).hasContent(out.toString(StandardCharsets.UTF_8));
  }
}
