package dev.prefork.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.AcceptMode;
import dev.prefork.ExitStatus;
import dev.prefork.LogFormat;
import dev.prefork.PreforkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  /** All options, with those of the command alone. */
  static List<Option<?>> all() {
    List<Option<?>> options = new ArrayList<>(Options.all());
    options.add(Options.CLASS_PATH);
    return options;
  }

  @Test
  void theDefaultsAreTheseAndNoOthers() {
    assertThat(Options.LISTEN.defaultValue()).isEqualTo("127.0.0.1:1978");
    assertThat(Options.WORKERS.defaultValue()).isEqualTo(8);
    assertThat(Options.MAX_WORKERS.defaultValue()).isNull();
    assertThat(Options.MIN_WORKERS.defaultValue()).isNull();
    assertThat(Options.MIN_SPARE.defaultValue()).isEqualTo(1);
    assertThat(Options.MAX_SPARE.defaultValue()).isEqualTo(3);
    assertThat(Options.SPARES.defaultValue()).isEqualTo(1);
    assertThat(Options.SLOW_AFTER.defaultValue()).isNull();
    assertThat(Options.REQUEST_TIMEOUT.defaultValue()).isNull();
    assertThat(Options.MAX_REQUESTS.defaultValue()).isNull();
    assertThat(Options.MAX_AGE.defaultValue()).isNull();
    assertThat(Options.MAX_MEMORY.defaultValue()).isNull();
    assertThat(Options.BACKLOG.defaultValue()).isEqualTo(16);
    assertThat(Options.ACCEPT.defaultValue()).isEqualTo(AcceptMode.KERNEL);
    assertThat(Options.CONCURRENCY.defaultValue()).isEqualTo(1);
    assertThat(Options.STOP_TIMEOUT.defaultValue()).isEqualTo(Duration.ofSeconds(25));
    assertThat(Options.START_TIMEOUT.defaultValue()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Options.CONNECTION_TIMEOUT.defaultValue()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Options.READY_WHEN.defaultValue()).isNull();
    assertThat(Options.READY_LOG.defaultValue()).isNull();
    assertThat(Options.WORKER_CONNECTIONS.defaultValue()).isNull();
    assertThat(Options.HEARTBEAT_TIMEOUT.defaultValue()).isNull();
    assertThat(Options.WORKER_HEAP.defaultValue()).isEqualTo(64L << 20);
    assertThat(Options.WORKER_JVM_OPTION.defaultValue()).isNull();
    assertThat(Options.NAME.defaultValue()).isNull();
    assertThat(Options.RUNTIME_DIR.defaultValue()).isNull();
    assertThat(Options.AOT_CACHE.defaultValue()).isNull();
    assertThat(Options.AOT_REQUEST.defaultValue()).isNull();
    assertThat(Options.LOG_FORMAT.defaultValue()).isEqualTo(LogFormat.TEXT);
    assertThat(Options.LOG_FILE.defaultValue()).isNull();
    assertThat(Options.ACCESS_LOG.defaultValue()).isNull();
    assertThat(Options.SLOW_LOG.defaultValue()).isNull();
    assertThat(Options.ADMIN.defaultValue()).isNull();
    assertThat(Options.CLASS_PATH.defaultValue()).isNull();
    assertThat(all()).as("a new option needs its line here").hasSize(34);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDefaultIsWithinItsRange(Option<?> option) {
    assertThat(option.defaultText().isEmpty() || option.defaultValue() != null)
        .as("%s = %s", option.name(), option.defaultText())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOptionHasASentenceAndAProperName(Option<?> option) {
    assertThat(option.name()).matches("[a-z]+(-[a-z]+)*");
    assertThat(option.flag()).isEqualTo("--" + option.name());
    assertThat(option.description()).matches("(?s)[A-Z].*\\.");
    assertThat(option.type().placeholder()).matches("[A-Z:]+");
  }

  @Test
  void namesAreUnique() {
    assertThat(all()).extracting(Option::name).doesNotHaveDuplicates();
  }

  @Test
  void whatMayBeGivenSeveralTimesIsAList() {
    assertThat(all())
        .filteredOn(Option::repeatable)
        .extracting(Option::name)
        .containsExactly("listen", "worker-jvm-option", "aot-request");
  }

  @Test
  void maxWorkersFollowTheWorkers() {
    assertThat(Map.of(1, 16, 4, 16, 8, 32, 1_000, 4_000))
        .allSatisfy((workers, most) -> assertThat(PoolConfig.defaultMax(workers)).isEqualTo(most));
    assertThat(Options.MAX_WORKERS.check(PoolConfig.defaultMax(1_000))).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | workers must be 1 to 1000, not \"0\" (--workers)",
        "1001 | workers must be 1 to 1000, not \"1001\" (--workers)",
        "many | workers must be 1 to 1000, not \"many\" (--workers)",
        "99999999999 | workers must be 1 to 1000, not \"99999999999\" (--workers)"
      })
  void aRefusalNamesOptionRangeValueAndSource(String text, String message) {
    assertThatThrownBy(() -> Options.WORKERS.parse(text, "--workers"))
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(PreforkException.class))
        .extracting(PreforkException::status)
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void rangesAreWrittenInTheUnitsOfTheirOption() {
    assertThatThrownBy(() -> Options.STOP_TIMEOUT.parse("25", "prefork.conf:3"))
        .hasMessage(
            "stop-timeout must be 0ms to 24h, with its unit (500ms, 3s, 2m),"
                + " not \"25\" (prefork.conf:3)");
    assertThatThrownBy(() -> Options.WORKER_HEAP.parse("3MiB", "--worker-heap"))
        .hasMessage(
            "worker-heap must be 4MiB to 1024GiB, with its unit (512KiB, 64MiB, 1GiB),"
                + " not \"3MiB\" (--worker-heap)");
    assertThatThrownBy(() -> Options.ACCEPT.parse("FCNTL", "--accept"))
        .hasMessage("accept must be kernel, fcntl or flock, not \"FCNTL\" (--accept)");
    assertThatThrownBy(() -> Options.NAME.parse(" ", "--name"))
        .hasMessage("name must be not empty, not \" \" (--name)");
  }

  @Test
  void theEndsOfARangeBelongToIt() {
    assertThat(Options.WORKERS.parse("1", "")).isEqualTo(1);
    assertThat(Options.WORKERS.parse("1000", "")).isEqualTo(1_000);
    assertThat(Options.STOP_TIMEOUT.parse("0s", "")).isEqualTo(Duration.ZERO);
    assertThat(Options.STOP_TIMEOUT.parse("24h", "")).isEqualTo(Duration.ofHours(24));
    assertThat(Options.START_TIMEOUT.parse("10ms", "")).isEqualTo(Duration.ofMillis(10));
    assertThat(Options.WORKER_HEAP.parse("4MiB", "")).isEqualTo(4L << 20);
    assertThat(Options.WORKER_HEAP.parse("1024GiB", "")).isEqualTo(1L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "fcntl", "flock"})
  void modesAreWrittenInLowerCase(String text) {
    assertThat(Options.ACCEPT.parse(text, "")).hasToString(text.toUpperCase(Locale.ROOT));
  }

  @Test
  void aValueThatCodeSetIsRefusedAsAnArgument() {
    assertThat(Options.CONCURRENCY.check(64)).isEqualTo(64);
    assertThatThrownBy(() -> Options.CONCURRENCY.check(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concurrency must be 1 to 64, not 65");
  }
}
