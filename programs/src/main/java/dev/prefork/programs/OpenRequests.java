package dev.prefork.programs;

/** How many requests a server that does not count them has yet to answer. */
final class OpenRequests {
  private int count;

  synchronized void begin() {
    count++;
  }

  synchronized void end() {
    count--;
    notifyAll();
  }

  synchronized void awaitNone() {
    try {
      while (count > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
