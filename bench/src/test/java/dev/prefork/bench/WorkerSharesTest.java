package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerSharesTest {
  private static WorkerShares of(long... pids) {
    WorkerShares shares = new WorkerShares();
    for (long pid : pids) {
      shares.record(pid);
    }
    return shares;
  }

  @Test
  void sharesAreMeasuredAgainstTheMean() {
    WorkerShares shares = of(1, 1, 1, 2);
    assertThat(shares.fewestToMean(2)).isEqualTo(0.5);
    assertThat(shares.mostToMean(2)).isEqualTo(1.5);
  }

  @Test
  void aWorkerThatNeverAnsweredHasTheLeastShare() {
    WorkerShares shares = of(1, 1, 2, 2);
    assertThat(shares.fewestToMean(4)).isZero();
    assertThat(shares.mostToMean(4)).isEqualTo(2);
  }

  @Test
  void aReplacedWorkerCountsBesideItsReplacement() {
    assertThat(of(1, 2, 3).mostToMean(2)).isEqualTo(1);
  }

  @Test
  void withoutAnswersThereIsNoShare() {
    WorkerShares none = of();
    assertThat(none.fewestToMean(8)).isZero();
    assertThat(none.mostToMean(8)).isZero();
    assertThat(none.toString()).isEmpty();
  }

  @Test
  void addingSumsByProcess() {
    WorkerShares sum = of(2, 2, 1);
    sum.add(of(2, 3));
    assertThat(sum).hasToString("1:1,2:3,3:1");
    assertThat(sum.fewest()).isEqualTo(1);
    assertThat(sum.most()).isEqualTo(3);
  }

  @Test
  void aFloodOfProcessesIsCountedWithoutBeingKept() {
    WorkerShares shares = new WorkerShares();
    for (long pid = 1; pid <= 2 * WorkerShares.MOST_PIDS; pid++) {
      shares.record(pid);
    }
    assertThat(shares.workers()).isEqualTo(WorkerShares.MOST_PIDS);
    assertThat(shares.mostToMean(WorkerShares.MOST_PIDS))
        .as("of all, also those not kept")
        .isEqualTo(0.5);
  }
}
