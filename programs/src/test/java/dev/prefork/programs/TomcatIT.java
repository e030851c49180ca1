package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Tomcat: a thread that accepts from a blocking channel. */
@Tag("slow")
class TomcatIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(TomcatServer.class, "PORT");
  }
}
