package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** The JDK's HTTP server. */
@Tag("slow")
class JdkServerIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(
        JdkServer.class, "PORT", "sun.net.httpserver.DefaultHttpServerProvider");
  }
}
