package dev.prefork.launch;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Where the code is that lets a program share listeners: another artifact, found by name. */
final class AgentJar {
  /** Its main class: gets ready, and starts the executable jar that is its first argument. */
  static final String MAIN_CLASS = "dev.prefork.adopt.ProgramMain";

  /** Its other one: makes, and keeps, the code that the first brings into the JDK. */
  static final String PREPARATION_CLASS = "dev.prefork.adopt.Preparation";

  /** What they need of the JDK. */
  static final List<String> REQUIRED_EXPORTS =
      List.of(
          "--add-exports=java.instrument/sun.instrument=ALL-UNNAMED",
          "--add-exports=java.base/sun.launcher=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");

  private AgentJar() {}

  /**
   * Finds it on this JVM's class path.
   *
   * @throws PreforkException (configuration) if it is not there
   */
  static Path find() {
    try {
      Class<?> agent = Class.forName(MAIN_CLASS, false, AgentJar.class.getClassLoader());
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
