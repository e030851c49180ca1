package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Jetty: a selector, and threads that accept. */
@Tag("slow")
class JettyIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(JettyServer.class, "PORT");
  }
}
