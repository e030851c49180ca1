package dev.prefork.programs;

/** Spring Boot: a launcher, and jars within the jar. */
class SpringBootIT extends ProgramContract {
  /** Each takes the processors for ten seconds to start: four are for the slow ring. */
  @Override
  int workers() {
    return Integer.getInteger("programs.workers", 4);
  }

  @Override
  ServerProgram program() {
    return ServerProgram.wholeJar("prefork-program-spring-boot", "--server.port=PORT");
  }
}
