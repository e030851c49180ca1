package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrafficTest {
  private final Traffic traffic = new Traffic();

  private void received(int descriptor, long bytes) {
    var _ = traffic.applyAsLong(descriptor, bytes);
  }

  private void sent(int descriptor, long bytes) {
    var _ = traffic.applyAsLong(descriptor, -bytes);
  }

  @Test
  void theBytesOfOpenConnectionsAreCountedAndNoOthers() {
    received(7, 1_000);
    traffic.opened(7);
    received(7, 10);
    sent(7, 200);
    received(8, 1_000);
    traffic.closed(7);
    sent(7, 1_000);

    assertThat(traffic.received()).isEqualTo(10);
    assertThat(traffic.sent()).isEqualTo(200);
  }

  @Test
  void aConnectionAsksUntilItIsAnsweredOrClosed() {
    traffic.opened(7);
    traffic.opened(1_000);
    assertThat(traffic.asking().stream()).isEmpty();

    received(7, 10);
    received(1_000, 10);
    assertThat(traffic.asking().stream()).containsExactly(7, 1_000);

    sent(7, 1);
    assertThat(traffic.asking().stream()).containsExactly(1_000);

    traffic.closed(1_000);
    assertThat(traffic.asking().stream()).isEmpty();
  }
}
