package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.PreforkException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
  @Test
  void theDefaultsAreFiveRoundsOfFiveSecondsInAllModes() {
    BenchOptions options = BenchOptions.parse();
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.modes())
        .containsExactly(AcceptMode.KERNEL, AcceptMode.FCNTL, AcceptMode.FLOCK);
    assertThat(options.original()).isEmpty();
    assertThat(options.originalPort()).isEqualTo(1978);
    assertThat(options.markdown()).isEmpty();
  }

  @Test
  void everyOptionIsTaken() {
    BenchOptions options =
        BenchOptions.parse(
            "--prefork",
            "/p/prefork",
            "--original",
            "/o.lisp",
            "--original-port",
            "4000",
            "--seconds",
            "0.5",
            "--warm-up",
            "2",
            "--rounds",
            "3",
            "--modes",
            "flock,kernel,flock",
            "--markdown",
            "/r.md");
    assertThat(options.prefork()).isEqualTo(Path.of("/p/prefork"));
    assertThat(options.original()).contains(Path.of("/o.lisp"));
    assertThat(options.originalPort()).isEqualTo(4000);
    assertThat(options.window()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.modes()).containsExactly(AcceptMode.FLOCK, AcceptMode.KERNEL);
    assertThat(options.markdown()).contains(Path.of("/r.md"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rounds|0|--rounds must be a whole number from 1 to 100, not 0",
        "--rounds|two|--rounds must be a whole number from 1 to 100, not two",
        "--seconds|-1|--seconds must be a number of seconds from 0.01 to 3600, not -1",
        "--seconds|NaN|--seconds must be a number of seconds from 0.01 to 3600, not NaN",
        "--modes|KERNEL|--modes must be some of kernel,fcntl,flock with commas between, not KERNEL",
        "--original-port|70000|--original-port must be a whole number from 1 to 65535, not 70000"
      })
  void aValueOutOfRangeIsRefusedByName(String option, String value, String message) {
    assertThatThrownBy(() -> BenchOptions.parse(option, value))
        .isInstanceOf(PreforkException.class)
        .hasMessage(message);
  }

  @Test
  void anUnknownOptionAndAMissingValueAreRefusedWithTheUsage() {
    assertThatThrownBy(() -> BenchOptions.parse("--fast"))
        .hasMessageStartingWith("there is no option --fast\nusage: bench/run ");
    assertThatThrownBy(() -> BenchOptions.parse("--rounds"))
        .hasMessageStartingWith("--rounds needs a value\nusage: bench/run ");
  }
}
