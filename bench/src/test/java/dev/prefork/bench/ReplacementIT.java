package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.AcceptMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReplacementIT {
  @Test
  void killedWorkersAreReplacedOneAfterTheOtherAndAllAreGoneAtTheEnd() {
    try (Belongings belongings = new Belongings()) {
      Replacement replacement = Replacement.ofPrefork(AcceptMode.KERNEL, 2, belongings);
      assertThat(replacement.side()).isEqualTo("prefork kernel");
      assertThat(replacement.spawnToReadyMs()).hasSize(2).allMatch(ms -> ms > 0);
      assertThat(replacement.killToReadyMs()).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(replacement.killToReadyMs().get(i))
            .isGreaterThan(replacement.spawnToReadyMs().get(i));
      }
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
