package dev.prefork.spring;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * A worker is ready when its application accepts traffic. It listens before that: its runners, and
 * whoever waits for the application to be ready, have still to run.
 */
final class ReadyWhenAccepting
    implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {
  private final Runnable ready;

  ReadyWhenAccepting(Runnable ready) {
    this.ready = ready;
  }

  @Override
  public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
    if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
      ready.run();
    }
  }
}
