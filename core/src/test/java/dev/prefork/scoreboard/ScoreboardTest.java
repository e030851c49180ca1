package dev.prefork.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.Posix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one side writes, the other reads; what somebody has spoilt, nobody believes. */
class ScoreboardTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_711);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve(ScoreboardFile.NAME);
  }

  private Scoreboard create(int slots, int lanes) {
    try (ScoreboardFile made =
        ScoreboardFile.create(Posix.system(), Optional.of(folder), slots, lanes)) {
      return made.scoreboard();
    }
  }

  @Test
  void aProgramsRequestIsNoConnectionAndOneWithoutALaneIsCountedAllTheSame() {
    Scoreboard scoreboard = create(1, 1);
    scoreboard.spawned(0, 1, 4_711, 10);
    Lane lane = scoreboard.lane(0, 0);

    lane.beginRequest(PEER, "GET /cart", 1_000, 9_000);
    lane.count(300);
    LaneReading during = scoreboard.read(0).lanes().getFirst();
    lane.end(1_500, 17, 18);

    assertThat(during.label()).isEqualTo("GET /cart");
    assertThat(during.sinceNs()).isEqualTo(1_000);
    assertThat(scoreboard.counters()).isEqualTo(new Counters(0, 2, 17, 18, 0, 800));
    assertThat(scoreboard.durations().total()).isEqualTo(2);
  }

  @Test
  void aWorkersColumnsAreReadByAnotherMappingOfTheFile() throws IOException {
    Scoreboard supervisors = create(4, 2);
    supervisors.spawned(3, 2, 4_712, 10);
    supervisors.life(3, SlotLife.READY);
    supervisors.ready(3, 20);
    Lane lane = Scoreboard.open(file().toString(), true).lane(3, 1);

    lane.begin(PEER, 1_000, 9_000);
    lane.label("GET /cart");
    SlotReading during = Scoreboard.open(file().toString(), false).read(3);
    lane.end(1_500, 17, 18);
    SlotReading after = supervisors.read(3);

    assertThat(during.life()).isEqualTo(SlotLife.READY);
    assertThat(during.pid()).isEqualTo(4_712);
    assertThat(during.busy()).isEqualTo(1);
    assertThat(during.lanes().get(1))
        .isEqualTo(
            new LaneReading(
                new Counters(1, 0, 0, 0, 0, 0), 1_000, 9_000, "127.0.0.1:4711", "GET /cart", ""));
    assertThat(after.busy()).isZero();
    assertThat(after.counters()).isEqualTo(new Counters(1, 1, 17, 18, 0, 500));
  }

  @Test
  void aConnectionWithSeveralRequestsCountsEach() {
    Scoreboard scoreboard = create(1, 1);
    Lane lane = scoreboard.lane(0, 0);
    lane.begin(PEER, 100, 900);
    lane.nextRequest("second", 300, 1_100);
    lane.end(450, 1, 1);
    assertThat(scoreboard.read(0).counters().requests()).isEqualTo(2);
    assertThat(scoreboard.read(0).counters().busyNs()).isEqualTo(350);
  }

  @Test
  void anIpv6PeerStandsInBrackets() {
    Scoreboard scoreboard = create(1, 1);
    scoreboard.lane(0, 0).begin(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80), 1, 2);
    assertThat(scoreboard.read(0).lanes().getFirst().peer()).isEqualTo("[0:0:0:0:0:0:0:1]:80");
  }

  @Test
  void aTextIsCutAtACharactersEnd() {
    Scoreboard scoreboard = create(1, 1);
    scoreboard.lane(0, 0).label("é".repeat(100));
    assertThat(scoreboard.read(0).lanes().getFirst().label()).isEqualTo("é".repeat(46));
  }

  @Test
  void whatAnEndedWorkerServedStaysCounted() {
    Scoreboard scoreboard = create(2, 1);
    scoreboard.spawned(0, 1, 10, 0);
    scoreboard.lane(0, 0).begin(PEER, 0, 1);
    scoreboard.ended(0);
    scoreboard.spawned(0, 1, 11, 0);
    scoreboard.lane(0, 0).begin(PEER, 0, 1);
    assertThat(scoreboard.counters().connections()).isEqualTo(2);
    assertThat(scoreboard.endedCounters().connections()).isEqualTo(1);
  }

  /** Counters that fall would look like a restarted server, and its whole past like one second. */
  @Test
  void totalsNeverFallWhileWorkersEnd() throws InterruptedException {
    Scoreboard scoreboard = create(1, 1);
    Thread ends =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 20_000; i++) {
                scoreboard.spawned(0, 1, 10, 0);
                Lane lane = scoreboard.lane(0, 0);
                lane.begin(PEER, 1, 2);
                lane.end(2, 1, 1);
                scoreboard.ended(0);
              }
            });
    long last = 0;
    while (ends.isAlive()) {
      Totals totals = scoreboard.totals();
      assertThat(totals.counters().requests()).isGreaterThanOrEqualTo(last);
      last = totals.counters().requests();
    }
    ends.join();
    assertThat(scoreboard.totals().counters().requests()).isEqualTo(20_000);
    assertThat(scoreboard.totals().durations().total()).isEqualTo(20_000);
  }

  @Test
  void lengthsThatAWorkerHasSpoiltAreBroughtWithinBounds() throws IOException {
    Scoreboard scoreboard = create(1, 1);
    scoreboard.lane(0, 0).label("x");
    byte[] bytes = Files.readAllBytes(file());
    int at = Layout.laneAt(0, 0, 1) + Layout.LABEL;
    Arrays.fill(bytes, at, at + 4, (byte) 0x7f);
    Files.write(file(), bytes);
    assertThat(Scoreboard.open(file().toString(), false).read(0).lanes().getFirst().label())
        .hasSize(Layout.MAX_LABEL);
  }

  @Test
  void aWorkerKilledWhileItWroteIsReadAllTheSame() throws IOException {
    Scoreboard scoreboard = create(1, 1);
    scoreboard.lane(0, 0).begin(PEER, 5, 6);
    byte[] bytes = Files.readAllBytes(file());
    bytes[Layout.laneAt(0, 0, 1) + Layout.SEQUENCE]++;
    Files.write(file(), bytes);
    LaneReading read = Scoreboard.open(file().toString(), false).read(0).lanes().getFirst();
    assertThat(read.sinceNs()).isEqualTo(5);
  }

  @Test
  void aFileThatIsNoScoreboardIsRefused() throws IOException {
    Files.write(file(), new byte[Layout.HEADER_SIZE]);
    assertThatThrownBy(() -> Scoreboard.open(file().toString(), false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no scoreboard");
    Files.write(file(), new byte[1]);
    assertThatThrownBy(() -> Scoreboard.open(file().toString(), false))
        .hasMessageContaining("too short");
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    var _ = create(1, 1);
    byte[] bytes = Files.readAllBytes(file());
    bytes[Layout.VERSION_AT] = 9;
    Files.write(file(), bytes);
    assertThatThrownBy(() -> Scoreboard.open(file().toString(), false))
        .hasMessageContaining("version 9");
  }

  @Test
  void aFormerSupervisorsFileIsLeftToItsWorkers() {
    Scoreboard former = create(1, 1);
    former.lane(0, 0).begin(PEER, 1, 2);
    Scoreboard next = create(1, 1);
    assertThat(next.counters()).isEqualTo(Counters.ZERO);
    former.lane(0, 0).begin(PEER, 1, 2);
    assertThat(next.read(0).counters().connections()).isZero();
  }

  @Test
  void aProgramsBytesAreCountedOnceThoughItReportsItsRequests() {
    Scoreboard scoreboard = Scoreboards.create(2, 1);
    scoreboard.spawned(0, 1, 10, 0);
    ProgramLine program = scoreboard.program(0);
    program.connections(3, 5, 0);
    program.asking(2);
    program.bytes(1_000, 9_000);
    Lane lane = scoreboard.lane(0, 0);
    lane.beginRequest(PEER, "GET /", 1, 2);
    lane.end(2, 100, 8_000);

    assertThat(scoreboard.read(0).program().asking()).isEqualTo(2);
    Counters expected = new Counters(5, 1, 1_000, 9_000, 0, 1);
    assertThat(scoreboard.read(0).counters()).isEqualTo(expected);
    assertThat(scoreboard.counters()).isEqualTo(expected);
    scoreboard.ended(0);
    assertThat(scoreboard.counters()).isEqualTo(expected);
  }

  @Test
  void theFewestConnectionsAreThoseOfAWorkerThatAccepts() {
    Scoreboard scoreboard = create(3, 1);
    for (int slot = 0; slot < 3; slot++) {
      scoreboard.spawned(slot, 1, 4_711 + slot, 10);
      scoreboard.program(slot).connections(slot, slot, 0);
    }
    assertThat(scoreboard.fewestOpen()).isEqualTo(Integer.MAX_VALUE);
    scoreboard.life(0, SlotLife.SPARE);
    scoreboard.life(1, SlotLife.READY);
    scoreboard.life(2, SlotLife.READY);
    assertThat(scoreboard.fewestOpen()).isEqualTo(1);
  }
}
