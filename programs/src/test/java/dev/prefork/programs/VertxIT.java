package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Vert.x, which prefers a native transport. */
@Tag("slow")
class VertxIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(VertxServer.class, "PORT", "native");
  }
}
