package dev.prefork.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final EventFeed feed = new EventFeed();

  private static ServerEvent event(int number) {
    return new ServerEvent.Message(Level.INFO, "event " + number);
  }

  @Test
  void whoFollowsIsWokenAndHearsWhatComesFromThenOn() {
    AtomicInteger woken = new AtomicInteger();
    feed.tell(event(1));
    try (var follower = feed.follow(woken::incrementAndGet)) {
      assertThat(follower.hasNext()).isFalse();
      feed.tell(event(2));
      assertThat(woken).hasValue(1);
      assertThat(follower.next()).extracting(EventFeed.Told::event).isEqualTo(event(2));
      assertThat(follower.next()).isNull();
    }
    feed.tell(event(3));
    assertThat(woken).hasValue(1);
  }

  @Test
  void aSlowFollowerLosesEventsAndIsToldHowMany() {
    try (var follower = feed.follow(() -> {})) {
      for (int i = 0; i < 1_007; i++) {
        feed.tell(event(i));
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(follower.next()).extracting(EventFeed.Told::event).isEqualTo(event(i));
      }
      assertThat(follower.next())
          .extracting(EventFeed.Told::event)
          .isEqualTo(new ServerEvent.Dropped(7));
      assertThat(follower.hasNext()).isFalse();
    }
  }

  @Test
  void theLastOnesAreKept() {
    for (int i = 0; i < 250; i++) {
      feed.tell(event(i));
    }
    assertThat(feed.recent()).hasSize(EventFeed.RECENT);
    assertThat(feed.recent().getFirst().event()).isEqualTo(event(150));
    assertThat(feed.recent().getLast().event()).isEqualTo(event(249));
  }
}
