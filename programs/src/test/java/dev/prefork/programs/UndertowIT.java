package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Undertow: XNIO, every thread of which accepts. */
@Tag("slow")
class UndertowIT extends ProgramContract {
  @Override
  ServerProgram program() {
    return ServerProgram.main(UndertowServer.class, "PORT");
  }
}
