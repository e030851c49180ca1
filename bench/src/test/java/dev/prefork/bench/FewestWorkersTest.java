package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FewestWorkersTest {
  @Test
  void theFewestBetweenTheBeginningAndTheEndIsKept() throws InterruptedException {
    int[] accepting = {8, 3, 5, 6};
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(accepting.length);
    FewestWorkers fewest =
        FewestWorkers.watching(() -> {
          all.countDown();
          return accepting[Math.min(looks.getAndIncrement(), accepting.length - 1)];
        });
    all.await();
    assertThat(fewest.end()).isEqualTo(3);
  }

  @Test
  void aServerThatCannotBeAskedIsSaid() {
    FewestWorkers fewest =
        FewestWorkers.watching(() -> {
          throw new PreforkException(ExitStatus.FAILED, "nobody answers");
        });
    assertThatThrownBy(fewest::end)
        .isInstanceOf(PreforkException.class)
        .hasMessage("nobody answers");
  }
}
