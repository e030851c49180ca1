package dev.prefork.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Readiness readiness = new Readiness();
  private final AtomicInteger told = new AtomicInteger();

  private boolean listens() {
    return readiness.listens(told::incrementAndGet);
  }

  @Test
  void aWorkerThatNobodyHoldsBackIsReadyWhenItListens() {
    assertThat(listens()).isFalse();
    assertThat(told).hasValue(1);
  }

  @Test
  void aWorkerIsReadyOnceAllHaveReleasedIt() {
    Runnable first = readiness.hold();
    Runnable second = readiness.hold();
    assertThat(listens()).isTrue();
    first.run();
    first.run();
    assertThat(told).hasValue(0);
    second.run();
    second.run();
    assertThat(told).hasValue(1);
  }

  @Test
  void whoIsReleasedBeforeItListensIsReadyWhenItDoes() {
    readiness.hold().run();
    assertThat(told).hasValue(0);
    assertThat(listens()).isFalse();
    assertThat(told).hasValue(1);
  }
}
