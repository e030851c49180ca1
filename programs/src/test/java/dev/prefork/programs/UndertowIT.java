package dev.prefork.programs;

import org.junit.jupiter.api.Tag;

/** Undertow: XNIO, every thread of which accepts. */
@Tag("slow")
class UndertowIT extends ProgramContract {
  /** The thread that reads hands a request that may block to another one. */
  @Override
  boolean findsLoops() {
    return false;
  }

  @Override
  ServerProgram program() {
    return ServerProgram.main(UndertowServer.class, "PORT");
  }
}
