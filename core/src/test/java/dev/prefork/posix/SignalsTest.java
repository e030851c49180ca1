package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final long BOUND_S = 20;

  /** Of all that a JVM can catch, nothing sends this one but a terminal. */
  private static final Signum UNUSED = Signum.WINCH;

  private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    Signals.raise(UNUSED);
    String next = ran.poll(BOUND_S, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  @Test
  void aSignalThatIsInterceptedDoesWhatItDidOnceItIsReleased() throws InterruptedException {
    assertThat(Signals.handle(UNUSED, () -> ran.add("before"))).isTrue();
    assertThat(next()).isEqualTo("before");

    Signals.Interception interception = new Signals.Interception(UNUSED, () -> ran.add("instead"));
    assertThat(next()).isEqualTo("before");

    interception.begin();
    assertThat(interception.isOthersToo()).isTrue();
    assertThat(next()).isEqualTo("instead");
    assertThat(next()).isEqualTo("instead");

    interception.release();
    assertThat(next()).isEqualTo("before");
    assertThat(ran).isEmpty();
  }

  @Test
  void whoHandlesASignalInThePlaceOfAnInterceptionIsSeenAndStays() {
    Signals.Interception interception =
        new Signals.Interception(Signum.TTOU, () -> ran.add("instead"));
    interception.begin();
    assertThat(interception.isOthersToo()).as("the JVM's own").isFalse();

    assertThat(Signals.handle(Signum.TTOU, () -> ran.add("program"))).isTrue();
    assertThat(interception.isOthersToo()).isTrue();
    assertThat(interception.isOthersToo()).as("asked again").isTrue();
  }
}
