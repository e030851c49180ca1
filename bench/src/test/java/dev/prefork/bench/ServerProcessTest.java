package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // that close ends the processes is what is tested
class ServerProcessTest {
  @TempDir Path directory;

  private ServerProcess start(String script, CompletableFuture<String> firstLine) {
    return ServerProcess.start(
        List.of("sh", "-c", script), directory, "server", firstLine::complete);
  }

  @Test
  void childrenThatTheirParentLeavesBehindAreEndedToo() throws Exception {
    CompletableFuture<String> line = new CompletableFuture<>();
    try (ServerProcess server = start("sleep 1000 & sleep 1000 & echo up; wait", line)) {
      assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("up");
      List<ProcessHandle> children = server.children();
      assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
      server.close();
      assertThat(server.isAlive()).isFalse();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void aParentThatStopsByItselfIsLetTo() throws Exception {
    CompletableFuture<String> line = new CompletableFuture<>();
    Path witness = directory.resolve("stopped");
    String script =
        "trap 'echo x >" + witness + "; exit' TERM; echo up; while :; do sleep 0.1; done";
    try (ServerProcess server = start(script, line)) {
      assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("up");
      server.close();
      assertThat(witness).hasContent("x");
    }
  }

  @Test
  void anErrorTellsTheExitCodeAndTheLastWords() throws Exception {
    try (ServerProcess server = start("echo no such luck >&2; exit 3", new CompletableFuture<>())) {
      server.handle().onExit().get(20, TimeUnit.SECONDS);
      assertThat(server.failed("did not become ready"))
          .hasMessage(
              "it did not become ready and ended with exit code 3; its last words: no such luck");
    }
  }

  @Test
  void whatTheServerLeavesBehindIsDeleted() throws IOException {
    Path lock = Files.createFile(directory.resolve("lock"));
    ServerProcess server = start("exit 0", new CompletableFuture<>());
    server.deleteAtEnd(lock);
    server.close();
    assertThat(lock).doesNotExist();
  }
}
