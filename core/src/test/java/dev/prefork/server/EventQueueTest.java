package dev.prefork.server;

import static dev.prefork.server.LateRequests.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import dev.prefork.WorkerIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final int CAPACITY = 10_000;
  private static final long PATIENCE_MS = 20_000;

  private final List<ServerEvent> heard = Collections.synchronizedList(new ArrayList<>());

  private static ServerEvent event(int number) {
    return new ServerEvent.Message(Level.INFO, Integer.toString(number));
  }

  private static EventQueue started(List<Consumer<ServerEvent>> listeners) {
    EventQueue queue = new EventQueue("prefork-events", listeners);
    queue.start();
    return queue;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_MS, TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyListenerHearsEveryEventInOrder() {
    List<ServerEvent> other = Collections.synchronizedList(new ArrayList<>());
    EventQueue queue = started(List.of(heard::add, other::add));
    for (int i = 0; i < 1_000; i++) {
      queue.offer(event(i));
    }
    queue.close(PATIENCE_MS);

    List<ServerEvent> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(event(i));
    }
    assertThat(heard).isEqualTo(all);
    assertThat(other).isEqualTo(all);
  }

  @Test
  void aSlowListenerLosesWhatDoesNotFitAndIsToldHowMany() {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EventQueue queue =
        started(
            List.of(event -> {
              first.countDown();
              await(go);
              heard.add(event);
            }));
    queue.offer(event(0));
    await(first);
    for (int i = 1; i <= CAPACITY + 7; i++) {
      queue.offer(event(i)); // never waits
    }
    go.countDown();
    queue.close(PATIENCE_MS);

    assertThat(heard).hasSize(CAPACITY + 2);
    assertThat(heard.get(CAPACITY)).isEqualTo(event(CAPACITY));
    assertThat(heard.getLast()).isEqualTo(new ServerEvent.Dropped(7));
  }

  private static ServerEvent output(String line) {
    return new ServerEvent.WorkerOutput(new WorkerIdentity(0, 1, 4_711), line);
  }

  /** Offers events while the listener is stuck in the first; returns once it has heard all. */
  private void offerToAStuckListener(List<ServerEvent> events) {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EventQueue queue =
        started(
            List.of(event -> {
              first.countDown();
              await(go);
              heard.add(event);
            }));
    queue.offer(event(0));
    await(first);
    events.forEach(queue::offer);
    go.countDown();
    queue.close(PATIENCE_MS);
  }

  @Test
  void aFloodOfOutputPushesNoDeathOut() {
    List<ServerEvent> events = new ArrayList<>(Collections.nCopies(2 * CAPACITY, output("flood")));
    events.add(event(1));
    offerToAStuckListener(events);

    assertThat(heard).contains(event(1), new ServerEvent.Dropped(2 * CAPACITY - 9_000));
  }

  @Test
  void longLinesAreBoundedInMemoryNotInNumberAlone() {
    String line = "x".repeat(8 * 1024);
    offerToAStuckListener(Collections.nCopies(CAPACITY, output(line)));
    int kept = (2 << 20) / line.length();

    assertThat(heard).hasSize(1 + kept + 1).contains(new ServerEvent.Dropped(CAPACITY - kept));
  }

  @Test
  void threadDumpsAreBoundedInMemoryToo() {
    String dump = "x".repeat(64 * 1024);
    offerToAStuckListener(Collections.nCopies(CAPACITY, late("late", dump)));
    int kept = (2 << 20) / dump.length();

    assertThat(heard).hasSize(1 + kept + 1).contains(new ServerEvent.Dropped(CAPACITY - kept));
  }

  @Test
  void theCountStandsWhereTheLinesAreMissing() {
    Semaphore permits = new Semaphore(0);
    EventQueue queue =
        started(
            List.of(event -> {
              permits.acquireUninterruptibly();
              heard.add(event);
            }));
    for (int i = 0; i < CAPACITY; i++) {
      queue.offer(output("before"));
    }
    permits.release(CAPACITY / 2);
    while (heard.size() < CAPACITY / 2) {
      Thread.onSpinWait();
    }
    queue.offer(output("after"));
    permits.release(CAPACITY);
    queue.close(PATIENCE_MS);

    assertThat(heard.getLast()).isEqualTo(output("after"));
    assertThat(heard.get(heard.size() - 2)).isInstanceOf(ServerEvent.Dropped.class);
  }

  @Test
  void aListenerThatThrowsHearsTheNextEventAndSoDoTheOthers() {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger uncaught = new AtomicInteger();
    EventQueue queue =
        started(
            List.of(
                event -> {
                  Thread.currentThread()
                      .setUncaughtExceptionHandler((thread, e) -> uncaught.incrementAndGet());
                  calls.incrementAndGet();
                  throw new IllegalStateException("a listener's bug");
                },
                heard::add));
    queue.offer(event(0));
    queue.offer(event(1));
    queue.close(PATIENCE_MS);

    assertThat(heard).containsExactly(event(0), event(1));
    assertThat(calls).hasValue(2);
    assertThat(uncaught).hasValue(2);
  }

  @Test
  void closingWaitsForAListenerThatIsAtWorkAndNoLonger() {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EventQueue queue =
        started(
            List.of(event -> {
              atWork.countDown();
              await(go);
              heard.add(event);
            }));
    queue.offer(event(0));
    await(atWork);
    Thread closing = Thread.ofPlatform().start(() -> queue.close(PATIENCE_MS));
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    long startNs = System.nanoTime();
    go.countDown();
    joined(closing);

    assertThat(heard).containsExactly(event(0));
    assertThat(Duration.ofNanos(System.nanoTime() - startNs))
        .isLessThan(Duration.ofMillis(PATIENCE_MS / 2));
  }

  private static void joined(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofMillis(2 * PATIENCE_MS))).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closingDoesNotWaitForAStuckListener() {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    EventQueue queue =
        started(
            List.of(event -> {
              atWork.countDown();
              await(never);
            }));
    queue.offer(event(0));
    await(atWork);
    queue.close(10);

    never.countDown();
    assertThat(heard).isEmpty();
  }

  @Test
  void anIdleQueueIsClosedAtOnce() {
    EventQueue queue = started(List.of(heard::add));
    long startNs = System.nanoTime();
    queue.close(PATIENCE_MS);

    assertThat(Duration.ofNanos(System.nanoTime() - startNs))
        .isLessThan(Duration.ofMillis(PATIENCE_MS / 2));
  }
}
