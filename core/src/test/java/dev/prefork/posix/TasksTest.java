package dev.prefork.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(List.of(command)).start();
  }

  private static Pid pid(Process process) {
    return new Pid((int) process.pid());
  }

  @Test
  void whoLoopsComputesAndWhoSleepsDoesNot() throws Exception {
    Process loop = start("sh", "-c", "while :; do :; done");
    Process sleep = start("sleep", "60");
    try {
      Await.until("the sleep", () -> !Tasks.compute(pid(sleep)));
      for (int look = 0; look < 100; look++) {
        assertThat(Tasks.compute(pid(loop))).isTrue();
        assertThat(Tasks.compute(pid(sleep))).isFalse();
      }
    } finally {
      loop.destroyForcibly().waitFor();
      sleep.destroyForcibly().waitFor();
    }
    assertThat(Tasks.compute(pid(loop))).as("one that is gone").isFalse();
  }

  @Test
  void aThreadThatIsStartedMeanwhileIsVisitedTooAndEachOnce() {
    List<Integer> visited = new ArrayList<>();
    CompletableFuture<Integer> started = new CompletableFuture<>();
    CountDownLatch end = new CountDownLatch(1);
    Tasks.visit(
        Pid.self(),
        thread -> {
          if (!started.isDone()) {
            var _ = Thread.ofPlatform().daemon().start(() -> live(started, end));
            var _ = started.join();
          }
          visited.add(thread);
        });
    end.countDown();
    assertThat(visited).doesNotHaveDuplicates().contains(Pid.self().value(), started.join());
  }

  private static void live(CompletableFuture<Integer> started, CountDownLatch end) {
    try {
      Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      started.complete(Integer.valueOf(self.getFileName().toString()));
      end.await();
    } catch (IOException | InterruptedException e) {
      started.completeExceptionally(e);
    }
  }
}
