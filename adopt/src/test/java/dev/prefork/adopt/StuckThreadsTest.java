package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StuckThreadsTest {
  private static final long SECOND = 1_000_000_000;

  private final Traffic traffic = new Traffic();
  private final Set<Thread> computing = new HashSet<>();
  private final StuckThreads threads = new StuckThreads(traffic, computing::contains);
  private long nowNs = 5 * SECOND;

  /** Fields, not atomics: those are native methods until they are compiled. */
  private volatile boolean loops;

  private volatile boolean over;

  private void reads(int descriptor) {
    var _ = traffic.applyAsLong(descriptor, 10);
  }

  private void answers(int descriptor) {
    var _ = traffic.applyAsLong(descriptor, -10);
  }

  private boolean lookAfterASecond() {
    nowNs += SECOND;
    return threads.look(nowNs).isPresent();
  }

  /** This thread, as it is seen once. */
  private void isAskedAndComputes() {
    traffic.opened(7);
    reads(7);
    computing.add(Thread.currentThread());
    assertThat(lookAfterASecond()).as("at the first look").isFalse();
  }

  @Test
  void aThreadIsStuckThatComputesAndHasReadNothingSinceTheLastLook() {
    isAskedAndComputes();
    long firstNs = nowNs;

    assertThat(lookAfterASecond()).isTrue();
    assertThat(lookAfterASecond()).isTrue();
    assertThat(threads.look(nowNs + SECOND))
        .contains(new StuckThreads.Stuck(Thread.currentThread(), 7, firstNs));
  }

  @Test
  void nobodyIsStuckWhoWaits() {
    traffic.opened(7);
    reads(7);
    assertThat(lookAfterASecond()).isFalse();
    assertThat(lookAfterASecond()).isFalse();
  }

  @Test
  void aThreadThatLoopsMayBeFoundWaitingNowAndThen() {
    traffic.opened(7);
    reads(7);
    assertThat(lookAfterASecond()).isFalse();
    computing.add(Thread.currentThread());
    assertThat(lookAfterASecond()).isTrue();
    computing.clear();
    assertThat(lookAfterASecond()).as("at one of two looks").isTrue();
    assertThat(lookAfterASecond()).as("at one of three").isFalse();
  }

  @Test
  void whoHasAnsweredIsNotStuck() {
    isAskedAndComputes();
    answers(7);
    assertThat(lookAfterASecond()).isFalse();
  }

  /** As the event loop of a busy server, with one connection that nobody answers. */
  @Test
  void whoReadsFromOthersMeanwhileIsNotStuck() {
    isAskedAndComputes();
    traffic.opened(8);
    reads(8);
    answers(8);
    assertThat(lookAfterASecond()).isFalse();
    assertThat(lookAfterASecond()).isTrue();
  }

  /** As the event loop of a server that has something to tell by itself. */
  @Test
  void whoSendsToOthersMeanwhileIsNotStuck() {
    traffic.opened(8);
    reads(8);
    isAskedAndComputes();
    answers(8);
    assertThat(lookAfterASecond()).isFalse();
    assertThat(lookAfterASecond()).isTrue();
  }

  /** It has served them before, and others do now. */
  @Test
  void whatOthersReadAndSendOnItsEarlierConnectionsKeepsNoLoopFromBeingFound()
      throws InterruptedException {
    traffic.opened(8);
    traffic.opened(9);
    reads(8);
    reads(9);
    answers(8);
    answers(9);
    isAskedAndComputes();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              reads(8);
              answers(9);
            });
    other.join();
    assertThat(lookAfterASecond()).isTrue();
  }

  @Test
  void aConnectionThatIsClosedKeepsNobodyStuck() {
    isAskedAndComputes();
    traffic.closed(7);
    assertThat(lookAfterASecond()).isFalse();
  }

  @Test
  void loopsComputeAndWaitsDoNot() throws InterruptedException {
    StuckThreads real = new StuckThreads(traffic);
    CountDownLatch end = new CountDownLatch(1);
    traffic.opened(7);
    traffic.opened(8);
    Thread looping =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              reads(7);
              while (!over) {
                loops = true;
              }
            });
    Thread waits =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              reads(8);
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Await.until("one loops", () -> loops);
    Await.until("one waits", () -> waits.getState() == Thread.State.WAITING);
    assertThat(real.look(nowNs)).isEmpty();
    assertThat(real.look(nowNs + SECOND)).contains(new StuckThreads.Stuck(looping, 7, nowNs));
    over = true;
    end.countDown();
    looping.join();
    waits.join();
  }
}
