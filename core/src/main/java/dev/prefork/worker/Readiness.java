package dev.prefork.worker;

import org.jspecify.annotations.Nullable;

/** Lets a worker be ready once it listens, and nobody in its program holds that back. */
final class Readiness {
  private int holds;
  private @Nullable Runnable waiting;

  /** Holds it back until what is returned has been run. */
  synchronized Runnable hold() {
    holds++;
    return new Runnable() {
      private boolean released;

      @Override
      public void run() {
        synchronized (Readiness.this) {
          holds -= released ? 0 : 1;
          released = true;
          tell();
        }
      }
    };
  }

  /**
   * The worker listens.
   *
   * @param ready is run once, now or when the last hold is released
   * @return whether somebody holds it back
   */
  synchronized boolean listens(Runnable ready) {
    waiting = ready;
    tell();
    return waiting != null;
  }

  private void tell() {
    if (holds == 0 && waiting != null) {
      Runnable ready = waiting;
      waiting = null;
      ready.run();
    }
  }
}
