package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerSnapshot;
import dev.prefork.ServerSnapshot.Worker;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.Terminal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopScreenTest {
  private static final Display UNICODE = new Display(true, false, true);

  private static final ServerSnapshot SERVER =
      Snapshots.of(
          Snapshots.worker(0, SlotLife.READY),
          Snapshots.worker(1, SlotLife.READY, Snapshots.request("GET /雪", 2)),
          Snapshots.worker(2, SlotLife.SPARE),
          Snapshots.worker(3, SlotLife.READY, Snapshots.request("GET /slow", 31)));

  private static List<String> screen(Display display, int columns, int rows) {
    return TopScreen.of(
        SERVER, Snapshots.history(0, 5, 10), display, new Terminal.Size(columns, rows));
  }

  @Test
  void aScreenAtAGlance() {
    List<String> screen = screen(UNICODE, 100, 24);
    assertThat(screen.get(8)).as("the titles, in reverse, fill their line").hasSize(100);
    assertThat(screen.stream().map(String::stripTrailing))
        .containsExactlyElementsOf(
            """
            shop: running, supervisor pid 4242, up 3h2m
            3 of 8 workers accept, 2 requests in progress, 1 spare ready (at least 4, at most 32 workers)
            [██░]
            127.0.0.1:80: 3 of at most 16 connections queued
            requests/s                                                                        ▄█ now 10, most 10
            busy                                                                               ███ now 2, most 2
            in the last second: median 1.5ms, 99 % within 9.0ms, 1 error

            SLOT  GEN   PID  LIFE     AGE  REQUESTS  ERRORS    MEMORY  SERVING
               3    2  4714  ready  3m20s     12.3k       3  41.0 MiB  GET /slow for 10.0.0.1:4000 since 31.0s,…
               1    2  4712  ready  3m20s     12.3k       3  41.0 MiB  GET /雪 for 10.0.0.1:4000 since 2.0s
               0    2  4711  ready  3m20s     12.3k       3  41.0 MiB
               2    2  4713  spare  3m20s     12.3k       3  41.0 MiB
            """
                .lines()
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 20, 40, 79, 200})
  void noLineIsWiderThanTheScreen(int columns) {
    assertThat(screen(UNICODE, columns, 24))
        .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 12, 13, 24})
  void noScreenIsLongerThanItsRowsAndWhatIsMissingIsCounted(int rows) {
    List<Worker> many =
        IntStream.range(0, 200).mapToObj(i -> Snapshots.worker(i, SlotLife.READY)).toList();
    List<String> lines =
        TopScreen.of(
            Snapshots.of(many.toArray(Worker[]::new)),
            Snapshots.history(1),
            UNICODE,
            new Terminal.Size(80, rows));
    assertThat(lines).hasSizeLessThanOrEqualTo(rows);
    assertThat(lines.size() > 9).isEqualTo(lines.getLast().matches("… and \\d+ more"));
  }

  @Test
  void coloursAreThereOnlyIfTheyAreWelcome() {
    assertThat(screen(UNICODE, 80, 24)).noneMatch(line -> line.contains("\u001b"));
    assertThat(screen(new Display(true, true, true), 80, 24))
        .anyMatch(line -> line.startsWith("\u001b[1m"))
        .allMatch(line -> !line.contains("\u001b") || line.contains("\u001b[0m"));
  }

  @Test
  void withoutUnicodeItDrawsInAscii() {
    assertThat(screen(Display.PLAIN, 120, 24).stream().flatMapToInt(String::chars))
        .allMatch(c -> c < 0x80 || c == '雪');
  }
}
