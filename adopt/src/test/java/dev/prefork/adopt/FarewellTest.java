package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FarewellTest {
  private final Traffic traffic = new Traffic();
  private final Farewell farewell = new Farewell(traffic);

  private void move(long bytes) {
    var _ = traffic.applyAsLong(7, bytes);
  }

  @Test
  void itIsOverWhenNobodyWaitsAndNothingHasMovedSinceTheLastLook() {
    traffic.opened(7);
    move(10);
    farewell.begin();
    assertThat(farewell.getAsBoolean()).as("the first look").isFalse();
    assertThat(farewell.getAsBoolean()).as("asked").isFalse();
    move(-10);
    assertThat(farewell.getAsBoolean()).as("just answered").isFalse();
    move(-10);
    assertThat(farewell.getAsBoolean()).as("answered further").isFalse();
    assertThat(farewell.getAsBoolean()).isTrue();
  }

  @Test
  void whoHasNoConnectionsHasNothingToFinish() {
    farewell.begin();
    assertThat(farewell.getAsBoolean()).isFalse();
    assertThat(farewell.getAsBoolean()).isTrue();
  }
}
