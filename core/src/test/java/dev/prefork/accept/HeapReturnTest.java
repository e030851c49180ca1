package dev.prefork.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A heap that has grown is collected until it has shrunk; one that has not is left alone. */
class HeapReturnTest {
  private static final long MIB = 1 << 20;

  /** Gives back what it has taken at one of its collections. */
  private static final class Heap implements HeapReturn.Heap {
    private final AtomicInteger collections = new AtomicInteger();
    private final int givesBackAt;
    private volatile long total = 16 * MIB;

    Heap(int givesBackAt) {
      this.givesBackAt = givesBackAt;
    }

    @Override
    public long bound() {
      return 64 * MIB;
    }

    @Override
    public long total() {
      return total;
    }

    @Override
    public void collect() {
      if (collections.incrementAndGet() == givesBackAt) {
        total = 16 * MIB;
      }
    }

    void grow() {
      total = 50 * MIB;
    }
  }

  private Thread thread = new Thread();

  private HeapReturn start(Heap heap) {
    HeapReturn started = new HeapReturn(heap, 1);
    thread = Thread.ofPlatform().daemon().start(started);
    return started;
  }

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void awaitRest() {
    Await.until("a thread at rest", () -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void aLargeConnectionIsLookedAtAtOnce() {
    Heap heap = new Heap(1);
    HeapReturn watched = start(heap);
    heap.grow();
    watched.served(1);
    awaitRest();
    assertThat(heap.collections).as("after a small one").hasValue(0);
    watched.served(MIB);
    Await.until("a collection", () -> heap.collections.get() == 1);
  }

  @Test
  void ofSmallConnectionsOneInSixteenIsLookedAt() {
    Heap heap = new Heap(1);
    HeapReturn watched = start(heap);
    heap.grow();
    for (int i = 0; i < 16; i++) {
      watched.served(1);
    }
    Await.until("a collection", () -> heap.collections.get() == 1);
  }

  /** What it left then was taken for the size that the application needs, and kept for ever. */
  @Test
  void aCollectionInTheMiddleOfALargeRequestIsRepeated() {
    Heap heap = new Heap(3);
    HeapReturn watched = start(heap);
    heap.grow();
    watched.served(MIB);
    Await.until("three collections", () -> heap.collections.get() == 3);
    awaitRest();
    assertThat(heap.collections).hasValue(3);
  }

  /** Five collections found a large request under way: they tell nothing of what is kept. */
  @Test
  void afterMuchLoadItIsCollectedInAQuietMoment() {
    Heap heap = new Heap(6);
    HeapReturn watched = start(heap);
    heap.grow();
    Await.until(
        "five collections under load",
        () -> {
          watched.served(MIB);
          return heap.collections.get() >= 5;
        });
    awaitRest();
    assertThat(heap.total()).isEqualTo(16 * MIB);

    heap.grow();
    watched.served(MIB);
    Await.until("a collection for the next one", () -> heap.collections.get() > 6);
  }

  @Test
  void whatTheApplicationKeepsIsLeftToIt() {
    Heap heap = new Heap(Integer.MAX_VALUE);
    HeapReturn watched = start(heap);
    heap.grow();
    watched.served(MIB);
    Await.until("the last of six collections", () -> heap.collections.get() == 6);
    awaitRest();
    watched.served(MIB);
    awaitRest();
    assertThat(heap.collections).hasValue(6);
  }
}
