package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.config.PoolConfig;
import org.junit.jupiter.api.Test;

/** Grows fast and shrinks slowly, never out of its bounds. */
class PoolSizeTest {
  private final PoolSize size = new PoolSize(new PoolConfig(1, 1, 20, 1, 3, 0));

  @Test
  void growthDoublesWhileNobodyIsIdle() {
    assertThat(size.next(1, 0, 0)).isEqualTo(2);
    assertThat(size.next(2, 0, 0)).isEqualTo(4);
    assertThat(size.next(4, 0, 0)).isEqualTo(8);
    assertThat(size.next(8, 0, 0)).isEqualTo(16);
    assertThat(size.next(16, 0, 0)).isEqualTo(20);
  }

  @Test
  void growthBeginsAnewWhenItWasEnough() {
    assertThat(size.next(1, 0, 0)).isEqualTo(2);
    assertThat(size.next(2, 0, 1)).isEqualTo(2);
    assertThat(size.next(2, 0, 0)).isEqualTo(3);
  }

  @Test
  void workersThatAreStillToComeCountAsIdle() {
    assertThat(size.next(2, 1, 0)).isEqualTo(2);
  }

  @Test
  void oneASecondGoesWhileTooManyAreIdle() {
    assertThat(size.next(8, 0, 8)).isEqualTo(7);
    assertThat(size.next(7, 0, 4)).isEqualTo(6);
    assertThat(size.next(6, 0, 3)).isEqualTo(6);
  }

  @Test
  void aPoolWithNothingToDoShrinksToItsLeast() {
    assertThat(size.next(3, 0, 3)).isEqualTo(2);
    assertThat(size.next(2, 0, 2)).isEqualTo(1);
    assertThat(size.next(1, 0, 1)).isEqualTo(1);
  }

  @Test
  void theLeastStays() {
    PoolSize small = new PoolSize(new PoolConfig(4, 4, 20, 1, 3, 0));
    assertThat(small.next(4, 0, 4)).isEqualTo(4);
  }
}
