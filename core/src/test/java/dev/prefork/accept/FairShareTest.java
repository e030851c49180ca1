package dev.prefork.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.scoreboard.Lane;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who is ahead lets a sibling pass that waits; nobody waits for one that is busy or elsewhere. */
class FairShareTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final Scoreboard scoreboard = Scoreboards.create(2, 1);
  private final Lane ours = scoreboard.lane(0, 0);
  private final Lane sibling = scoreboard.lane(1, 0);
  private final FairShare share = new FairShare(scoreboard, ours, 0, 0);

  FairShareTest() {
    scoreboard.spawned(0, 1, 10, 0);
    scoreboard.spawned(1, 1, 11, 0);
    rounds(16, 16); // the first look only begins the window
  }

  private static void serve(Lane lane) {
    lane.begin(PEER, 1, 2);
    lane.end(2, 0, 0);
  }

  /** So many connections of ours, so many of the sibling's, and 1 ms for our lead to be worth. */
  private void rounds(int mine, int others) {
    for (int i = 0; i < others; i++) {
      serve(sibling);
    }
    LockSupport.parkNanos(1_000_000);
    for (int i = 0; i < mine; i++) {
      serve(ours);
      share.next();
    }
  }

  @Test
  void whoIsAheadPausesForASiblingThatWaits() {
    rounds(16, 8);
    assertThat(share.pauses()).isEqualTo(1);
  }

  @Test
  void whoIsNotAheadGoesOn() {
    rounds(16, 16);
    rounds(16, 14);
    assertThat(share.pauses()).isZero();
  }

  @Test
  void aSiblingThatIsBusyIsNotWaitedFor() {
    sibling.begin(PEER, 1, 2);
    rounds(16, 0);
    for (int i = 0; i < 7; i++) {
      sibling.begin(PEER, 1, 2);
    }
    rounds(16, 0);
    assertThat(share.pauses()).isZero();
  }

  @Test
  void aSiblingThatDoesOtherWorkIsNotBehind() {
    rounds(48, 48);
    rounds(144, 0); // looks at 64, 80 and so on: it has less than a quarter only at the end
    long seen = share.pauses();
    assertThat(seen).isPositive();
    rounds(16, 0);
    rounds(16, 0);
    assertThat(share.pauses()).isEqualTo(seen);
  }

  /** It looked like one that does other work, and whoever had the processor took 256 in a row. */
  @Test
  void aSiblingThatHasNotHadTheProcessorYetIsWaitedFor() {
    rounds(16, 0);
    assertThat(share.pauses()).isEqualTo(1);
  }

  /** All eight workers of an otherwise idle server paused for each other, and a client waited. */
  @Test
  void aSiblingThatPausesItselfIsNotWaitedFor() {
    sibling.pauses(true);
    rounds(16, 8);
    assertThat(share.pauses()).isZero();
    sibling.pauses(false);
    rounds(16, 8);
    assertThat(share.pauses()).isEqualTo(1);
  }

  @Test
  void aWorkerAloneNeverPauses() {
    Scoreboard alone = Scoreboards.create(1, 1);
    alone.spawned(0, 1, 10, 0);
    FairShare mine = new FairShare(alone, alone.lane(0, 0), 0, 0);
    for (int i = 0; i < 1_000; i++) {
      serve(alone.lane(0, 0));
      mine.next();
    }
    assertThat(mine.pauses()).isZero();
  }
}
