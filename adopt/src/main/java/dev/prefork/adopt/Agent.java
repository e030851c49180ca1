package dev.prefork.adopt;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The java agent of a worker that runs an unchanged program: {@link ProgramMain} starts it. */
public final class Agent {
  private Agent() {}

  /**
   * Called by the JVM, before the program's main.
   *
   * @throws IOException if the supervisor's pipes can't be opened; the JVM then says so and ends
   */
  public static void agentmain(String nothing, Instrumentation instrumentation) throws IOException {
    ProgramStart.begin(instrumentation);
  }

  /** The jar that holds it. */
  static Path jar() {
    try {
      return Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }
}
