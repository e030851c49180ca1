package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.FakePosix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of what arrives, and the wait; workers are the matter of {@link SupervisorTest}. */
class InboxTest {
  private static final Event RESIZE = new Event.ResizeTo(1, "test");
  private static final Event STOP = new Event.StopRequested(StopMode.GRACEFUL, "test");
  private static final Event STARTED = new Event.Started();

  private final FakePosix posix = new FakePosix();
  private final Inbox inbox =
      new Inbox(posix, posix::nowNs, slot -> false, line -> false, event -> {});

  @Test
  void eventsOfTheOwnThreadComeBeforePostedOnes() {
    inbox.post(RESIZE);
    inbox.post(STOP);
    inbox.add(STARTED);

    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.add(inbox.awaitUntil(Slot.NO_DEADLINE));
    }
    assertThat(events).containsExactly(STARTED, RESIZE, STOP);
  }

  @Test
  void aPostEndsTheWait() {
    posix.after(1_000, () -> inbox.post(STOP));

    assertThat(inbox.awaitUntil(Slot.NO_DEADLINE)).isEqualTo(STOP);
  }

  @Test
  void theDeadlineEndsTheWaitWhenItHasCome() {
    long deadlineNs = posix.nowNs() + 5_000_000;

    assertThat(inbox.awaitUntil(deadlineNs)).isEqualTo(new Event.DeadlinePassed());
    assertThat(posix.nowNs()).isEqualTo(deadlineNs);
  }

  @Test
  void aDeadlineInThePastIsNotWaitedFor() {
    long nowNs = posix.nowNs();

    assertThat(inbox.awaitUntil(nowNs - 1)).isEqualTo(new Event.DeadlinePassed());
    assertThat(posix.nowNs()).isEqualTo(nowNs);
  }

  @Test
  void aWakeUpWithoutAnEventWaitsOnForTheRestOfTheTime() {
    long deadlineNs = posix.nowNs() + 5_000_000;
    posix.after(1_000_000, inbox::wake);

    assertThat(inbox.awaitUntil(deadlineNs)).isEqualTo(new Event.DeadlinePassed());
    assertThat(posix.nowNs()).isEqualTo(deadlineNs);
  }

  @Test
  void thousandsOfWakeUpsDoNotBlockTheirSenders() {
    for (int i = 0; i < 100_000; i++) {
      inbox.wake();
    }
    inbox.post(STOP);

    assertThat(inbox.awaitUntil(Slot.NO_DEADLINE)).isEqualTo(STOP);
  }

  @Test
  void closingClosesThePipeAndSilencesLaterPosts() {
    inbox.close();
    inbox.post(STOP);

    assertThat(posix.openDescriptors()).isEmpty();
  }
}
