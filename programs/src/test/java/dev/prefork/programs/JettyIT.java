package dev.prefork.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.cli.RunningCommand;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jetty: a selector, and threads that accept. */
@Tag("slow")
class JettyIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(JettyServer.class, "PORT");
  }

  /** It would ask one of them for the size of a reference, and start them all for that. */
  @Test
  void itsStartNeedsNoManagementBeans() throws IOException {
    RunningCommand server = launch(program(), "--workers", "1").awaitReady(START);
    long worker = Processes.children(server.pid()).getFirst();
    assertThat(Files.readString(Path.of("/proc/" + worker + "/maps")))
        .contains("libnio.so")
        .doesNotContain("libmanagement_ext.so");
  }
}
