package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: a function from arguments to an exit code. */
final class PreforkCommand {
  static final String APPLICATION = "APPLICATION";

  /**
   * Runs the command.
   *
   * @param out results
   * @param err logs and errors
   * @return the exit code, one of {@link ExitStatus}
   */
  int run(String[] args, Map<String, String> env, PrintStream out, PrintStream err) {
    CommandLine commandLine = commandLine();
    try {
      return execute(commandLine.parseArgs(args), env, out, err);
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      err.println("prefork: " + e.getMessage() + "; '" + name + " --help' lists the options");
      return ExitStatus.USAGE.code();
    } catch (PreforkException e) {
      err.println("prefork: " + e.getMessage());
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
    if (!parsed.hasSubcommand()) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "say what to do: demo or run");
    }
    return new ServeCommand(command, env, out, err).serve();
  }

  private static CommandLine commandLine() {
    CommandSpec demo = serving("demo", "Serve the greeting protocol, as the 2004 original does.");
    CommandSpec run = serving("run", "Serve an application.");
    run.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel(APPLICATION)
            .type(String.class)
            .description(
                "A class on the class path that implements dev.prefork.ConnectionHandler,"
                    + " or a jar whose manifest names one as Prefork-Application.")
            .build());
    run.addOption(optionSpec(Options.CLASS_PATH, ""));
    CommandSpec prefork = CommandSpec.create().name("prefork");
    prefork
        .usageMessage()
        .description("Preforking servers for the JVM: one listener, N worker processes.");
    addHelp(prefork);
    prefork.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    prefork.addSubcommand("demo", demo);
    prefork.addSubcommand("run", run);
    return new CommandLine(prefork);
  }

  private static CommandSpec serving(String name, String description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).sortOptions(false);
    for (Option<?> option : Options.all()) {
      spec.addOption(optionSpec(option, ServeCommand.defaultText(name, option)));
    }
    addHelp(spec);
    return spec;
  }

  private static OptionSpec optionSpec(Option<?> option, String defaultText) {
    String shown = defaultText.isEmpty() ? "" : " Default: " + defaultText + ".";
    OptionSpec.Builder spec =
        OptionSpec.builder(option.flag())
            .paramLabel(option.type().placeholder())
            .arity("1")
            .description(option.description() + shown);
    return option.repeatable()
        ? spec.type(List.class).auxiliaryTypes(String.class).build()
        : spec.type(String.class).build();
  }

  private static void addHelp(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Print this help and exit.")
            .build());
  }
}
