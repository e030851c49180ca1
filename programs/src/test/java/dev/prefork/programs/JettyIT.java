package dev.prefork.programs;

/** Jetty: a selector, and threads that accept. */
class JettyIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(JettyServer.class, "PORT");
  }
}
