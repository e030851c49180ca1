package dev.prefork.adopt;

import dev.prefork.ExitStatus;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Makes what the workers bring into the JDK, and keeps it for them: in a JVM of its own, as an
 * ahead-of-time cache of one that had done it would hold all that takes.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * Does so, unless it was done before; exits as for a wrong configuration if it can't.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    try {
      if (PreparedClasses.load() == null) {
        Map<String, byte[]> classes = JdkCode.make();
        if (KnownLocales.areTheJdks()) {
          byte[] original = JdkCode.original(LocalesCode.NAME);
          classes.put(
              LocalesCode.NAME, LocalesCode.rewrite(original, Locale.getAvailableLocales()));
        }
        new PreparedClasses(classes).keep();
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(ExitStatus.CONFIGURATION.code());
    }
  }
}
