package dev.prefork.supervisor;

import static dev.prefork.supervisor.StateFixture.pid;
import static dev.prefork.supervisor.StateFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.Signum;
import org.junit.jupiter.api.Test;

/** QUIT on somebody's behalf: a JVM that does not handle it yet would end. */
class SupervisorStateQuitTest {
  @Test
  void itIsSentToAWorkerThatHasBeenReadyAndToNoOther() {
    StateFixture server = StateFixture.starting(2);
    assertThat(server.on(new Event.QuitRequested(pid(1)))).isEmpty();
    server.ready(1);
    assertThat(server.on(new Event.QuitRequested(pid(1)))).containsExactly(send(1, Signum.QUIT));
    assertThat(server.on(new Event.QuitRequested(pid(7)))).isEmpty();
  }
}
