package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.server.PreforkServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OperatedServerIT {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @TempDir Path directory;

  @Test
  void aServerOfTheExperimentsIsSeenAcceptingAndAnswersTheLoadAfterThePause() {
    try (PreforkServer server =
            PreforkServer.builder(PacedHandler.class)
                .listen("127.0.0.1:0")
                .workers(1)
                .workerClassPath(Laboratory.placeOf(PacedHandler.class))
                .workerJvmOption(PacedHandler.pauseOption(PAUSE))
                .runtimeDirectory(directory)
                .start();
        Control control = Control.connect(directory)) {
      assertThat(Waiting.until(() -> control.status().isSettled(), 20_000)).isTrue();
      ServerView view = control.status();
      long worker = view.pids(SlotLife.READY).iterator().next();
      long spare = view.pids(SlotLife.SPARE).iterator().next();
      List<Path> accepting = ProcessFiles.acceptThreads(worker);
      List<Path> waiting = ProcessFiles.acceptThreads(spare);
      assertThat(accepting).hasSize(1);
      assertThat(waiting).hasSize(1);
      assertThat(Waiting.until(() -> ProcessFiles.accepts(accepting), 20_000)).isTrue();
      assertThat(ProcessFiles.accepts(waiting)).isFalse();
      assertThat(ProcessFiles.children(ProcessHandle.current().pid())).contains(worker, spare);
      int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
      LoadResult load = GreetingLoad.measure(port, 1, PAUSE);
      assertThat(load.failures()).isZero();
      assertThat(load.shares().toString()).startsWith(worker + ":");
      assertThat(load.latencies().maxNs()).isGreaterThanOrEqualTo(PAUSE.toNanos());
    }
  }
}
