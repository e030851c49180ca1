package dev.prefork.programs;

/** Spring Boot: a launcher, and jars within the jar. */
class SpringBootIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.wholeJar("prefork-program-spring-boot", "--server.port=PORT");
  }
}
