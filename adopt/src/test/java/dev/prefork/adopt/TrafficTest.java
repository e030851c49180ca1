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
  void whatIsReceivedAndSentStaysWhatItIs() {
    traffic.opened(7);
    assertThat(traffic.applyAsLong(7, 10)).isEqualTo(10);
    assertThat(traffic.applyAsLong(8, 10)).isEqualTo(10);
  }

  @Test
  void connectionsEndWhereTheirNextRequestWouldBeginOnceTheyPart() {
    traffic.opened(7);
    traffic.opened(8);
    received(7, 10);
    traffic.part();

    assertThat(traffic.applyAsLong(7, 10)).as("more of what is asked").isEqualTo(10);
    assertThat(traffic.applyAsLong(8, 10)).as("the first request").isEqualTo(-1);
    sent(7, 100);
    assertThat(traffic.applyAsLong(7, 10)).as("the next request").isEqualTo(-1);
    assertThat(traffic.applyAsLong(7, 10)).as("its rest").isEqualTo(-1);
    assertThat(traffic.applyAsLong(9, 10)).as("a connection of the program's own").isEqualTo(10);
    assertThat(traffic.asking().stream()).isEmpty();
    assertThat(traffic.received()).isEqualTo(20);
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
