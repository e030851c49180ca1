package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void whatTheServerDidIsSortedByTheReason() {
    assertThat(Outcome.of(new ConnectException("Connection refused"))).contains(Outcome.REFUSED);
    assertThat(Outcome.of(new SocketException("Connection reset"))).contains(Outcome.RESET);
    assertThat(Outcome.of(new IOException("Broken pipe"))).contains(Outcome.RESET);
    assertThat(Outcome.of(new ConnectException("Connection timed out"))).contains(Outcome.TIMEOUT);
  }

  @Test
  void aConnectionThatTheWatchClosedTimedOut() {
    assertThat(Outcome.of(new AsynchronousCloseException())).contains(Outcome.TIMEOUT);
    assertThat(Outcome.of(new ClosedChannelException())).contains(Outcome.TIMEOUT);
  }

  @Test
  void whatFailsOnThisSideIsNoResultOfTheServer() {
    assertThat(Outcome.of(new BindException("Cannot assign requested address"))).isEmpty();
    assertThat(Outcome.of(new SocketException("Too many open files"))).isEmpty();
  }
}
