package dev.prefork.cli;

import dev.prefork.ExitStatus;
import java.io.PrintStream;
import java.util.List;

/** {@code prefork check}: whether a file would be taken, as far as that shows without a start. */
final class CheckCommand {
  private CheckCommand() {}

  /**
   * Checks a file by itself: neither the environment nor any flag completes it.
   *
   * @return the exit code
   * @throws dev.prefork.PreforkException (configuration) with all that is wrong in it
   */
  static int run(String file, PrintStream out) {
    var _ = SettingsReader.resolve(List.of(ConfigFile.read(file, SettingsReader.keys("run"))));
    out.println(file + ": ok");
    return ExitStatus.OK.code();
  }
}
