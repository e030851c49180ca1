package dev.prefork.cli;

import dev.prefork.config.CommandWords;
import dev.prefork.config.Options;
import dev.prefork.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that the workers are to run, if that is no application. */
final class Command {
  private Command() {}

  /**
   * Its words, the arguments that are given apart among them; empty if there is no command.
   *
   * @throws dev.prefork.PreforkException (usage) if it can't be split into words
   */
  static List<String> words(Settings settings) {
    String line = settings.value(Options.COMMAND);
    if (line == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>(CommandWords.split(line));
    words.addAll(settings.values(Options.ARGUMENT));
    return words;
  }

  /** The short name, for people and file names: of the program without its folder. */
  static String nameOf(List<String> words) {
    Path file = Path.of(words.getFirst()).getFileName();
    return file == null ? words.getFirst() : file.toString();
  }
}
