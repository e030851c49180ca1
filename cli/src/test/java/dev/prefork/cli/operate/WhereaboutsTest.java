package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.WorkerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereaboutsTest {
  @TempDir private Path process;

  private String of(String commandLine) throws IOException {
    var _ = Files.writeString(process.resolve("cmdline"), commandLine.replace(' ', '\0'));
    return Whereabouts.of(new WorkerIdentity(3, 2, 4711), process);
  }

  @Test
  void aWorkerIsKnownByItsSlotAndGeneration() throws IOException {
    String main = " -cp x dev.prefork.worker.WorkerMain ";
    assertThat(of("java -Dprefork.worker=3 -Dprefork.generation=2" + main)).isEqualTo("[alive]");
    String other = "[gone; its pid is another process now]";
    assertThat(of("java -Dprefork.worker=30 -Dprefork.generation=2" + main)).isEqualTo(other);
    assertThat(of("java -Dprefork.worker=3 -Dprefork.generation=3" + main)).isEqualTo(other);
    assertThat(of("sleep 1000 ")).isEqualTo(other);
    assertThat(of("")).isEqualTo(other); // a zombie, or a thread of the kernel
  }

  @Test
  void aCommandIsKnownByItsEnvironment() throws IOException {
    Path environment = process.resolve("environ");
    var _ = Files.writeString(environment, "A=1\0PREFORK_GENERATION=2\0PREFORK_SLOT=3\0");
    assertThat(of("python3 server.py ")).isEqualTo("[alive]");
    var _ = Files.writeString(environment, "A=1\0PREFORK_GENERATION=2\0PREFORK_SLOT=30\0");
    assertThat(of("python3 server.py ")).isEqualTo("[gone; its pid is another process now]");
  }

  @Test
  void aProcessThatIsNotThereIsGone() {
    assertThat(Whereabouts.of(new WorkerIdentity(3, 2, 4711), process.resolve("none")))
        .isEqualTo("[gone]");
  }
}
