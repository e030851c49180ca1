package dev.prefork.launch;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the java agent is that lets a program share listeners: another artifact, found by name. */
final class AgentJar {
  private static final String AGENT = "dev.prefork.adopt.Agent";

  private AgentJar() {}

  /**
   * Finds it on this JVM's class path.
   *
   * @throws PreforkException (configuration) if it is not there
   */
  static Path find() {
    try {
      Class<?> agent = Class.forName(AGENT, false, AgentJar.class.getClassLoader());
      return Path.of(agent.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException e) {
      throw new PreforkException(
          ExitStatus.CONFIGURATION,
          "could not find the agent that lets a program share listeners; add prefork-adopt to the"
              + " class path");
    } catch (URISyntaxException e) {
      throw new AssertionError("the class path holds no such location", e); // cannot happen
    }
  }
}
