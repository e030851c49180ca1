package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of them where it is installed. */
@Timeout(120)
class InstalledServerIT {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int WORKERS = 2;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void itServesReplacesItsWorkersAndEndsAloneWithAllOfThem(int number) {
    Product product = Product.ALL.get(number);
    Optional<Path> command =
        new CommandPath(System.getenv("PATH") + ":/usr/sbin").find(product.command());
    assumeThat(command).isPresent();
    assumeThat(product.isComplete()).isTrue();
    InstalledServer side = new InstalledServer(product, command.get(), WORKERS, directory);
    RunningServer server;
    try (Belongings belongings = new Belongings()) {
      server = side.start(belongings);
      assertThat(Waiting.until(() -> server.workers().size() >= WORKERS, 20_000)).isTrue();
      for (Workload workload : Workload.all()) {
        if (side.serves(workload, WORKERS)) {
          Tally tally = HttpLoad.measure(server.port(), workload, WORKERS, SHORT);
          assertThat(tally.failures()).as(workload + ": " + tally).isZero();
          assertThat(tally.count(Outcome.OK)).as(workload.toString()).isPositive();
        }
      }
      var before = server.workers();
      side.replaceWorkers(server);
      assertThat(server.workers()).doesNotContainAnyElementsOf(before);
    }
    assertThat(server.process().isAlive()).isFalse();
  }
}
