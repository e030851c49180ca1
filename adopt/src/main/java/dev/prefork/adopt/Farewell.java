package dev.prefork.adopt;

import java.util.function.BooleanSupplier;

/**
 * Finishes what a program serves whose own shutdown does not, or that has none: its JVM would end
 * in the midst of its answers, and those who keep their connections ask all the time. Each
 * connection ends for the program where its next request would begin; when no bytes move any more,
 * all is answered.
 */
final class Farewell implements BooleanSupplier {
  private final Traffic traffic;
  private long moved = -1;

  Farewell(Traffic traffic) {
    this.traffic = traffic;
  }

  void begin() {
    traffic.part();
  }

  /** To be called now and then: whether nobody waits, and nothing has moved since the last time. */
  @Override
  public boolean getAsBoolean() {
    long before = moved;
    moved = traffic.received() + traffic.sent();
    return moved == before && traffic.asking().isEmpty();
  }
}
