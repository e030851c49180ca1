package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Machine QUIET = new Machine(2, "a processor", "Linux 6", "25", 0.1);
  private static final MemoryUse MEMORY =
      new MemoryUse(new ProcessMemory(40_960, 38_912), List.of(new ProcessMemory(20_480, 15_360)));

  private static Sample sample(String side, int clients, double rate, long failures) {
    return new Sample(side, clients, rate, 100, 200, 300, 0.9, 1.1, failures);
  }

  private static Report report(Machine machine, double... kernelRates) {
    List<Sample> samples = new ArrayList<>();
    for (int clients : Rounds.CLIENTS) {
      for (double rate : kernelRates) {
        samples.add(sample("original", clients, 1_000, 0));
        samples.add(sample("prefork kernel", clients, rate, 1));
      }
    }
    return new Report(
        machine,
        BenchOptions.parse("--rounds", "3"),
        samples,
        List.of(
            new Footprint("original", 600, MEMORY, MEMORY),
            new Footprint("prefork kernel", 420, MEMORY, MEMORY)),
        List.of(new Replacement("prefork kernel", List.of(50.0, 70.0), List.of(55.0, 75.0))));
  }

  @Test
  void aSideIsShownByMediansAndItsRatioToTheFirst() {
    assertThat(report(QUIET, 1_100, 1_150, 1_200).toString())
        .contains(
            "| side           | conn/s | spread | to original | p50 | p99 | p99.9 | least share | most share | failed |")
        .contains(
            "| original       |   1000 |    0 % |        1.00 | 100 | 200 |   300 |        0.90 |       1.10 |      0 |")
        .contains(
            "| prefork kernel |   1150 |    9 % |        1.15 | 100 | 200 |   300 |        0.90 |       1.10 |      3 |");
  }

  @Test
  void startAndReplacementAreMediansAndWhatWasNotMeasuredIsADash() {
    assertThat(report(QUIET, 1_100).toString())
        .contains(
            "| original       |            600.0 |                     - |                   - |")
        .contains(
            "| prefork kernel |            420.0 |                  60.0 |                65.0 |");
  }

  @Test
  void memoryIsShownInMebibytesForWorkersParentAndAll() {
    assertThat(report(QUIET, 1_100).toString())
        .contains(
            "| prefork kernel |       idle |       20.0 |           15.0 |       40.0 |           38.0 |    60.0 |        53.0 |");
  }

  @Test
  void aBusyMachineIsSaid() {
    Machine busy = new Machine(2, "a processor", "Linux 6", "25", 1.5);
    assertThat(report(busy, 1_000).toString()).contains("The machine was busy");
    assertThat(report(QUIET, 1_000).toString()).doesNotContain("The machine was busy");
  }

  @Test
  void roundsThatDifferTooMuchAreNamed() {
    assertThat(report(QUIET, 500, 1_000, 1_100).toString())
        .contains(
            "The rounds differ by more than 15 % for prefork kernel (16 clients),"
                + " prefork kernel (4 clients), prefork kernel (1 client): run again");
    assertThat(report(QUIET, 1_000, 1_100).toString()).doesNotContain("run again");
  }
}
