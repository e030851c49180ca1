package dev.prefork.adopt;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The java agent of a worker that runs an unchanged program. Nothing of core may be named here:
 * {@code java -jar} knows the program's class path alone, until core's jar is added to it.
 */
public final class Agent {
  private Agent() {}

  /**
   * Called by the JVM before the program's main.
   *
   * @param core the path of core's jar; null if the JVM is only to be tried out
   * @throws IOException if that can't be read; the JVM then says so and ends
   */
  @SuppressWarnings("resource") // the class loader reads it as long as the JVM lives
  public static void premain(@Nullable String core, Instrumentation instrumentation)
      throws IOException {
    if (core == null) {
      return;
    }
    instrumentation.appendToSystemClassLoaderSearch(new JarFile(core));
    ProgramStart.begin(instrumentation);
  }
}
