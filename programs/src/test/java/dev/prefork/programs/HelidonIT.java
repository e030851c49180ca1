package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Helidon: a classic server socket, virtual threads. */
@Tag("slow")
class HelidonIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(HelidonServer.class, "PORT");
  }
}
