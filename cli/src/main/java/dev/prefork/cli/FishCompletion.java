package dev.prefork.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, complete(1). */
final class FishCompletion {
  private static final String FILES = " -F";
  private static final String ALL = "complete -c prefork";

  private FishCompletion() {}

  /** The script: one line for each command, option and parameter. */
  static String script(CommandSpec prefork) {
    StringBuilder script = new StringBuilder("# Completion of prefork for fish.\n");
    script.append(ALL).append(" -f\n");
    String top = " -n __fish_use_subcommand";
    prefork.options().forEach(option -> script.append(option(top, option)));
    for (CommandLine command : prefork.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      script.append(ALL).append(top).append(" -a ").append(spec.name());
      script.append(" -d ").append(quoted(description(spec))).append('\n');
    }
    for (CommandLine command : prefork.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      String within = " -n '__fish_seen_subcommand_from " + spec.name() + "'";
      spec.options().forEach(option -> script.append(option(within, option)));
      spec.positionalParameters().forEach(one -> script.append(parameter(within, one)));
    }
    return script.toString();
  }

  private static String option(String condition, OptionSpec option) {
    StringBuilder line = new StringBuilder(ALL).append(condition);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      String values = values(option);
      line.append(values.equals(FILES) ? " -r" : " -x").append(values);
    }
    return line.append(" -d ").append(quoted(option.description()[0])).append('\n').toString();
  }

  private static String parameter(String condition, PositionalParamSpec parameter) {
    String values = values(parameter);
    return values.isEmpty() ? "" : ALL + condition + values + "\n";
  }

  /** Names from a list, names of files, or nothing. */
  private static String values(ArgSpec spec) {
    Iterable<String> candidates = spec.completionCandidates();
    if (candidates != null && candidates.iterator().hasNext()) {
      return " -a " + quoted(String.join(" ", candidates));
    }
    return spec.type() == Path.class ? FILES : "";
  }

  private static String description(CommandSpec spec) {
    return spec.usageMessage().description()[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
