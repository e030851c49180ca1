package dev.prefork.programs;

/** Tomcat: a thread that accepts from a blocking channel. */
class TomcatIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(TomcatServer.class, "PORT");
  }
}
