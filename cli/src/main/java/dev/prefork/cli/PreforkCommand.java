package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.cli.operate.Invocation;
import dev.prefork.cli.operate.OperatingCommands;
import dev.prefork.config.NearestName;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: a function from arguments to an exit code. */
final class PreforkCommand {
  /**
   * Runs the command.
   *
   * @param out results
   * @param err logs and errors
   * @return the exit code, one of {@link ExitStatus}
   */
  int run(String[] args, Map<String, String> env, PrintStream out, PrintStream err) {
    try {
      return execute(CommandTree.commandLine().parseArgs(args), env, out, err);
    } catch (ParameterException e) {
      CommandSpec spec = e.getCommandLine().getCommandSpec();
      err.println(
          "prefork: "
              + e.getMessage()
              + suggestion(e, spec)
              + "; '"
              + spec.qualifiedName()
              + " --help' lists the options");
      return ExitStatus.USAGE.code();
    } catch (PreforkException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> err.println("prefork: " + line));
      return e.status().code();
    }
  }

  private static int execute(
      ParseResult parsed, Map<String, String> env, PrintStream out, PrintStream err) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (parsed.isVersionHelpRequested()) {
      out.println(Version.text());
      return ExitStatus.OK.code();
    }
    if (command.isUsageHelpRequested()) {
      command.commandSpec().commandLine().usage(out);
      return ExitStatus.OK.code();
    }
    return switch (command.commandSpec().name()) {
      case "demo", "run" -> new ServeCommand(command, env, out, err).serve();
      case "check" -> CheckCommand.run(parameter(command), out);
      case "config" -> ConfigCommand.run(command, env, out);
      case "doctor" -> new DoctorCommand(command, env, out).check();
      case "completion" -> CompletionCommand.run(parameter(command), out);
      case String name when OperatingCommands.has(name) ->
          OperatingCommands.run(new Invocation(command, RuntimePaths.base(env), env, out, err));
      default ->
          throw new ParameterException(
              parsed.commandSpec().commandLine(),
              "say what to do: " + String.join(", ", parsed.commandSpec().subcommands().keySet()));
    };
  }

  private static String parameter(ParseResult command) {
    return command.matchedPositional(0).originalStringValues().getFirst();
  }

  private static String suggestion(ParameterException refused, CommandSpec spec) {
    if (!(refused instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> names = new ArrayList<>(spec.optionsMap().keySet());
    names.addAll(spec.subcommands().keySet());
    String wrong = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    return NearestName.of(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
  }
}
