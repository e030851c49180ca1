package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Robaho's server behind the JDK's interface: a classic server socket, a thread a connection. */
@Tag("slow")
class RobahoIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(
        JdkServer.class, "PORT", "robaho.net.httpserver.DefaultHttpServerProvider");
  }
}
