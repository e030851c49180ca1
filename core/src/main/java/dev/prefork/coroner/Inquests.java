package dev.prefork.coroner;

import dev.prefork.WorkerDeath;
import dev.prefork.supervisor.Obituary;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** The coroner's thread: the supervisor hands over who died and goes on. */
public final class Inquests implements Runnable, AutoCloseable {
  /** More deaths than this at a time are not looked into; their exits are told all the same. */
  private static final int CAPACITY = 1_000;

  private static final long LAST_MS = 1_000;

  private final BlockingQueue<Obituary> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final Coroner coroner;
  private final Consumer<WorkerDeath> told;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("prefork-coroner").unstarted(this);
  private volatile boolean closed;

  /**
   * Prepares; {@link #start} begins.
   *
   * @param told is told of every certificate, on the coroner's thread
   */
  public Inquests(Coroner coroner, Consumer<WorkerDeath> told) {
    this.coroner = coroner;
    this.told = told;
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Takes one more, from any thread; never waits. */
  public void hold(Obituary obituary) {
    var _ = waiting.offer(obituary);
  }

  @Override
  public void run() {
    while (!closed || !waiting.isEmpty()) {
      try {
        told.accept(coroner.certify(closed ? waiting.remove() : waiting.take()));
      } catch (InterruptedException e) {
        // close: whoever waits still comes
      }
    }
  }

  /** Ends with the last of those who wait; returns after a second at the latest. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      var _ = thread.join(Duration.ofMillis(LAST_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
