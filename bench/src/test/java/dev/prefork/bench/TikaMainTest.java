package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TikaMainTest {
  private static final Machine MACHINE = new Machine(2, "a processor", "Linux 6", "25", 0.1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return TikaMain.run(
        args,
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Belongings()));
  }

  /** A thousand good documents, one a second, of which so many are lost; the first one waits. */
  private static CorpusFigures figures(String side, int lost, double turnedAwayS, double fewest) {
    List<Extraction> extractions = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Outcome outcome = i < lost ? Outcome.WRONG : Outcome.OK;
      double takenS = i == 0 ? turnedAwayS : i;
      extractions.add(new Extraction(DocumentKind.HTML, i, takenS, i + 1, outcome));
    }
    return new CorpusFigures(side, extractions, 5, fewest);
  }

  private static TikaReport report(CorpusFigures ours, CorpusFigures theirs) {
    return new TikaReport(MACHINE, TikaOptions.parse("--documents", "2000"), List.of(ours, theirs));
  }

  @Test
  void helpIsAResultAndAWrongOptionAUsageError() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: bench/tika ");
    assertThat(run("--documents", "10")).isEqualTo(64);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("bench: --documents must be a whole number from 150 to 100000, not 10");
    assertThat(run("--prefork", "/bin/true", "--program", "/no/such.jar")).isEqualTo(64);
  }

  @Test
  void optionsHaveDefaults() {
    TikaOptions options = TikaOptions.parse("--timeout", "2.5", "--chart", "/a/chart.svg");
    assertThat(options.documents()).isEqualTo(3_000);
    assertThat(options.timeout()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(options.chart()).hasValue(Path.of("/a/chart.svg"));
    assertThat(options.markdown()).isEmpty();
  }

  @Test
  void theBarsAreOfTheFirstSideAlone() {
    CorpusFigures fine = figures("ours", 1, 0, 1);
    CorpusFigures poor = figures("theirs", 2, 0.5, Double.NaN);
    assertThat(report(fine, poor).isMissed()).isFalse();
    assertThat(report(poor, fine).isMissed()).isTrue();
    assertThat(report(figures("ours", 2, 0, 1), poor).isMissed()).isTrue();
    assertThat(report(figures("ours", 1, 0.1, 1), poor).isMissed()).isTrue();
    assertThat(report(figures("ours", 1, 0, 0), poor).isMissed()).isTrue();
  }

  @Test
  void theReportTellsBothSidesAndTheChartHasALineOfEach() {
    TikaReport report = report(figures("ours", 1, 0, 4), figures("theirs", 2, 0.5, Double.NaN));
    assertThat(report.toString())
        .contains("2000 documents, one in 50 poison; 16 clients, each document sent once")
        .containsPattern("\\| extracted at first try, % +\\| >= 99.9 \\| +99.90 \\| +99.80 \\|")
        .containsPattern("\\| clients were turned away for, s +\\| +<= 0 \\| +0.0 \\| +0.5 \\|")
        .containsPattern("\\| fewest workers that accepted +\\| +>= 1 \\| +4 \\| +- \\|")
        .containsPattern("\\| processes replaced +\\| +- \\| +5 \\| +5 \\|")
        .endsWith("All bars are met.\n");
    assertThat(report.chart()).contains(">ours</text>", ">theirs</text>");
  }

  @Test
  void restartsOfTikasProcessesAreCountedInItsLog() {
    String log =
        """
        [a] INFO org.apache.tika.pipes.PipesClient - pipesClientId=0: starting process
        [a] INFO org.apache.tika.pipes.PipesClient - pipesClientId=0: restarting process
        [b] INFO org.apache.tika.pipes.PipesClient - pipesClientId=1: restarting process
        """;
    assertThat(PipesTika.replaced(log)).isEqualTo(2);
  }
}
