package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.bench.Disturbance.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReportTest {
  private static final Machine QUIET = new Machine(2, "a processor", "Linux 6", "25", 0.1);
  private static final Path HERE = Path.of("/here");
  private static final HttpSide ALONE = new LoneProgram("jetty", HERE);
  private static final HttpSide TWO = preforked(2);
  private static final HttpSide FOUR = preforked(4);
  private static final HttpSide NGINX = installed(0, 8);
  private static final HttpSide APACHE_8 = installed(1, 8);
  private static final HttpSide APACHE_16 = installed(1, 16);
  private static final List<HttpSide> ALL = List.of(ALONE, TWO, FOUR, NGINX, APACHE_8, APACHE_16);

  private static final WorkerSpawn SPAWN =
      new WorkerSpawn(
          "jetty", List.of(200.0, 250.0, 400.0), List.of(200.0, 240.0, 300.0), List.of(500.0));

  private static HttpSide preforked(int workers) {
    return PreforkedProgram.of(Path.of("prefork"), "jetty", workers, List.of(), HERE);
  }

  private static HttpSide installed(int product, int workers) {
    return new InstalledServer(Product.ALL.get(product), Path.of("/x"), workers, HERE);
  }

  private static MemoryUse memory(long workerKib) {
    return new MemoryUse(
        new ProcessMemory(40_000, 40_000), List.of(new ProcessMemory(workerKib, workerKib)));
  }

  private static HttpReport report(Loss atReplacement, long workerKib, double... rates) {
    return report(List.of(), atReplacement, workerKib, rates);
  }

  /** Rates by side, the same in each of two rounds. */
  private static HttpReport report(
      List<String> failures, Loss atReplacement, long workerKib, double... rates) {
    List<HttpSample> samples = new ArrayList<>();
    for (Workload workload : Workload.all()) {
      for (int i = 0; i < rates.length * 2; i++) {
        HttpSide side = ALL.get(i % rates.length);
        if (side.serves(workload, 16)) {
          double rate = rates[i % rates.length];
          samples.add(new HttpSample(side.name(), workload, rate, 100, 200, 300, 1, 0));
        }
      }
    }
    return new HttpReport(
        QUIET,
        HttpOptions.parse(),
        new HttpSides(ALL, List.of("gunicorn")),
        samples,
        List.of(new Footprint(FOUR.name(), 900, memory(workerKib), memory(2 * workerKib))),
        List.of(SPAWN),
        List.of(new Disturbance(FOUR.name(), new Loss(9_000, 1, 3), atReplacement)),
        failures);
  }

  @Test
  void aSideIsOneRowAndWhatWasNotMeasuredIsADash() {
    String text =
        report(new Loss(50_000, 0, 2), 50_000, 1_000, 990, 980, 1_050, 900, 950).toString();
    assertThat(text)
        .contains("Not installed: gunicorn.\n")
        .containsPattern(
            "\\| jetty preforked 4 +(\\| +980 ){6}\\| +900 \\| +92 \\| +143 \\| +102 "
                + "\\| 1 \\+ 3 of 9000 \\| 0 \\+ 2 of 50000 \\|")
        .containsPattern("\\| nginx 8 +(\\| +1050 ){4}\\| +- \\| +- \\|")
        .containsPattern("\\| apache 8 +\\| +- \\| +900 \\| +- \\| +900 \\| +- \\| +900 \\|");
  }

  @Test
  void aWorkloadHasATableWithRatiosToTheSameProgramAlone() {
    String text = report(new Loss(1, 0, 0), 1, 1_000, 900).toString();
    assertThat(text)
        .contains("\n## hello, one connection per request\n")
        .contains(
            "| jetty preforked 2 |        900 |    0 % |     0.90 |    100 |    200 |      300 |      2 |");
  }

  @Test
  void allBarsAreMetByASideThatIsGoodEnough() {
    HttpReport report = report(new Loss(50_000, 0, 2), 50_000, 1_000, 990, 980, 1_050, 900, 950);
    assertThat(report.toString())
        .containsPattern("jetty preforked 2 to alone: 10 KB, keep-alive +\\| +0.99 \\| >= 0.95 \\|")
        .containsPattern(
            "jetty preforked 2 to apache 16: hello, keep-alive +\\| +1.04 \\| +>= 1 \\|")
        .containsPattern("jetty preforked 2 to nginx 8: hello, one .* \\| +0.94 \\| +>= 0.9 \\|")
        .containsPattern("spawn to first answer, median +\\| +250 ms \\| +<= 260 \\| yes")
        .containsPattern("with the quickest JVM options +\\| +240 ms \\| +<= 260 \\| yes")
        .containsPattern("to the quickest start alone +\\| +0.5 \\| +<= 1 \\| yes")
        .endsWith("All bars are met.\n");
  }

  @Test
  void everyBarCanBeMissed() {
    HttpReport report = report(new Loss(50_000, 1, 0), 70_000, 1_000, 900, 800, 1_050, 900, 950);
    assertThat(report.missed()).isEqualTo(6 + 1 + 1 + 1 + 1);
    assertThat(report.toString()).endsWith("Bars missed: 10.\n");
  }

  @Test
  void whatCouldNotBeMeasuredIsSaidAndABarMissed() {
    List<String> failures = List.of("start and memory of nginx 8 failed: no port");
    HttpReport report = report(failures, new Loss(1, 0, 0), 1, 1_000, 990);
    assertThat(report.missed()).isEqualTo(1);
    assertThat(report.toString()).contains("\nstart and memory of nginx 8 failed: no port\n");
  }

  @Test
  void theChartShowsEverySide() {
    assertThat(report(new Loss(1, 0, 0), 1, 1_000, 900, 800, 1_050, 900, 950).chart().toString())
        .contains(">jetty alone<", ">jetty preforked 2<", ">nginx 8<", ">apache 16<", ">1050<");
  }
}
