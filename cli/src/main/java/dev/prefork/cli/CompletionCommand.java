package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.PrintStream;
import java.util.List;
import picocli.AutoComplete;

/** {@code prefork completion}: a script for a shell, from the tree of commands. */
final class CompletionCommand {
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private CompletionCommand() {}

  /**
   * Prints the script.
   *
   * @return the exit code
   */
  static int run(String shell, PrintStream out) {
    switch (shell) {
      // One script: in zsh it switches bashcompinit on.
      case "bash", "zsh" -> out.print(AutoComplete.bash("prefork", CommandTree.commandLine()));
      case "fish" -> out.print(FishCompletion.script(CommandTree.commandLine().getCommandSpec()));
      default ->
          throw new PreforkException(
              ExitStatus.USAGE,
              "shell must be one of " + String.join(", ", SHELLS) + ", not \"" + shell + "\"");
    }
    return ExitStatus.OK.code();
  }
}
