package dev.prefork.adopt;

import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sun.instrument.InstrumentationImpl;

/**
 * The java agent of a worker that runs an unchanged program, loaded only where a class must be
 * rewritten that the JDK has loaded already: with an agent the JVM shows every class that it loads
 * to Java code, and to load one takes a twentieth of a small server's start.
 */
public final class Agent {
  private static volatile @Nullable Instrumentation instrumentation;

  private Agent() {}

  /** Called by the JVM when it has loaded this. */
  public static void agentmain(String nothing, Instrumentation given) {
    instrumentation = given;
  }

  /** Loads it, as the JDK loads the agent of an executable jar (Launcher-Agent-Class). */
  static Instrumentation load() {
    InstrumentationImpl.loadAgent(jar().toString());
    return Objects.requireNonNull(instrumentation);
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
