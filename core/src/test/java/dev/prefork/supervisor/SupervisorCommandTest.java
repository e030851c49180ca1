package dev.prefork.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerEvent.WorkerExited;
import dev.prefork.ServerEvent.WorkerOutput;
import dev.prefork.ServerEvent.WorkerReady;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.WorkerDeath.Cause;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.posix.FakeProcess;
import dev.prefork.posix.Signum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers that are no JVMs, on virtual time. */
class SupervisorCommandTest {
  private static final Duration READY_AFTER = Duration.ofSeconds(3);
  private static final int STRANGER = 7;

  private SupervisorFixture server = server(1, READY_AFTER);

  private static SupervisorFixture server(int workers, Duration readyAfter) {
    SupervisorFixture fixture =
        new SupervisorFixture(workers, ApplicationConfig.command(List.of("serve"), readyAfter));
    fixture.workersDo(SupervisorCommandTest::livesUntilAsked);
    return fixture;
  }

  /** Says nothing, and ends with 0 on TERM. */
  private static void livesUntilAsked(SupervisorFixture fixture, FakeProcess process, int n) {
    process.onSignal(signal -> process.exit(0));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void notify(FakeProcess process, int sender, String text) {
    String socket =
        process.request().environment().stream()
            .filter(entry -> entry.startsWith("NOTIFY_SOCKET=@"))
            .findFirst()
            .orElseThrow();
    server.posix.send(socket.substring("NOTIFY_SOCKET=@".length()), sender, text);
  }

  private void notifyAfter(Duration delay, String text) {
    server.after(
        delay,
        () -> {
          FakeProcess process = server.spawned.getFirst();
          notify(process, process.pid().value(), text);
        });
  }

  private void assertLife(Duration after, SlotLife life) {
    server.after(
        after,
        () -> assertThat(server.supervisor.status().workers().getFirst().life()).isEqualTo(life));
  }

  private void run(Duration time) {
    server.after(time, () -> server.supervisor.stop("TERM"));
    assertThat(server.run()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void whoLivesLongEnoughIsReady() {
    assertLife(READY_AFTER.minusMillis(1), SlotLife.STARTING);
    assertLife(READY_AFTER.plusMillis(1), SlotLife.READY);
    run(seconds(5));
    assertThat(server.published(WorkerReady.class)).hasSize(1);
  }

  @Test
  void whoSaysSoIsReadyBefore() {
    notifyAfter(seconds(1), "READY=1\nSTATUS=3 documents");
    assertLife(Duration.ofMillis(1_001), SlotLife.READY);
    run(seconds(5));
    assertThat(server.published(WorkerReady.class)).hasSize(1);
    assertThat(server.published(WorkerOutput.class))
        .extracting(WorkerOutput::line)
        .containsExactly("status: 3 documents");
  }

  @Test
  void aStrangersWordDoesNotCount() {
    server.after(seconds(1), () -> notify(server.spawned.getFirst(), STRANGER, "READY=1"));
    assertLife(seconds(2), SlotLife.STARTING);
    run(seconds(5));
  }

  @Test
  void aDescendantsWordCounts() {
    server.after(
        seconds(1),
        () -> {
          FakeProcess process = server.spawned.getFirst();
          server.posix.joinSession(STRANGER, process.pid());
          notify(process, STRANGER, "READY=1");
        });
    assertLife(seconds(2), SlotLife.READY);
    run(seconds(5));
  }

  @Test
  void fromTheStartTimeoutOnItsWordAloneCounts() {
    server = server(1, StateFixture.START_TIMEOUT);
    notifyAfter(StateFixture.START_TIMEOUT.minusSeconds(1), "READY=1");
    run(StateFixture.START_TIMEOUT.plusSeconds(1));
    assertThat(server.published(WorkerReady.class)).hasSize(1);

    server = server(1, StateFixture.START_TIMEOUT);
    run(StateFixture.START_TIMEOUT.plusMillis(1));
    assertThat(server.published(WorkerReady.class)).isEmpty();
    assertThat(server.published(WorkerExited.class).getFirst().kind())
        .isEqualTo(Cause.START_TIMEOUT);
  }

  @Test
  void itIsAskedToGoByTermAndToldNothingOnItsLifeline() {
    server.after(seconds(4), () -> server.supervisor.reopenLogs("USR1"));
    server.after(
        seconds(4),
        () -> server.supervisor.quit(server.spawned.getFirst().pid().value())); // would end it
    run(seconds(5));
    assertThat(server.spawned.getFirst().signals()).containsExactly(Signum.TERM);
    assertThat(server.posix.calls().stream().filter(call -> call.startsWith("write fd")))
        .as("the word to become the command, and the wake-ups of three requests")
        .hasSize(4);
    assertThat(server.published(WorkerExited.class))
        .extracting(WorkerExited::kind)
        .containsExactly(Cause.STOPPED);
  }

  @Test
  void whoSaysThatItStopsIsReplacedALittleLater() {
    notifyAfter(seconds(4), "STOPPING=1");
    server.after(Duration.ofMillis(4_500), () -> server.spawned.getFirst().exit(0));
    run(seconds(6));
    assertThat(server.published(WorkerExited.class).getFirst().kind()).isEqualTo(Cause.LEFT);
    assertThat(server.spawned).hasSize(2);
  }

  @Test
  void itsSuccessorIsReadyBeforeItIsAskedToGo() {
    server.after(seconds(4), () -> server.supervisor.retire(0, "test"));
    assertLife(READY_AFTER.plusMillis(3_900), SlotLife.READY);
    server.after(
        READY_AFTER.plusMillis(4_100),
        () -> {
          assertThat(server.spawned.getFirst().signals()).containsExactly(Signum.TERM);
          assertThat(server.supervisor.status().ready()).isEqualTo(1);
        });
    run(seconds(10));
  }

  @Test
  void whatItPrintsIsToldAtOnce() {
    server.after(seconds(1), () -> SupervisorFixture.print(server.spawned.getFirst(), "hello\n"));
    server.after(
        Duration.ofMillis(1_001),
        () -> assertThat(server.published(WorkerOutput.class)).hasSize(1));
    run(seconds(2));
  }

  @Test
  void startsThatFailBackOffAndEndTheServer() {
    server.workersDo(
        (fixture, process, n) -> fixture.after(Duration.ofMillis(10), () -> process.exit(3)));

    assertThat(server.run()).isEqualTo(ExitStatus.FAILED);
    assertThat(server.spawned).hasSize(5);
    assertThat(server.published(ServerEvent.Stopped.class).getFirst().cause())
        .contains("5 starts in a row failed", "exited with 3");
  }
}
