package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcceptBalanceTest {
  private long nowNs = -1_000;
  private final AcceptBalance balance = new AcceptBalance(() -> nowNs);

  private void connectionOf(int descriptor, Duration life) {
    balance.opened(descriptor);
    nowNs += life.toNanos();
    balance.closed(descriptor);
  }

  @Test
  void whoHasMoreConnectionsThanAnotherOneIsAhead() {
    balance.compareWith(() -> 2);
    assertThat(balance.isAhead(2)).isFalse();
    assertThat(balance.isAhead(3)).isTrue();
  }

  @Test
  void nobodyIsAheadOfNobody() {
    assertThat(balance.isAhead(1_000)).isFalse();
  }

  @Test
  void shortConnectionsEvenOutByThemselves() {
    balance.compareWith(() -> 0);
    connectionOf(9, Duration.ofMillis(1));
    assertThat(balance.isAhead(5)).isFalse();
  }

  @Test
  void keptConnectionsAreKnownByThoseThatHaveEnded() {
    balance.compareWith(() -> 0);
    for (int i = 0; i < 100; i++) {
      connectionOf(9, Duration.ofMillis(1));
    }
    connectionOf(1_000, Duration.ofSeconds(10));
    assertThat(balance.isAhead(5)).isTrue();
  }
}
