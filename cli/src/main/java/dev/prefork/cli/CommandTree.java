package dev.prefork.cli;

import dev.prefork.cli.operate.OperatingCommands;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands with their options and parameters. The parser, the help texts, the completion
 * scripts and the manual all come from it.
 */
final class CommandTree {
  static final String APPLICATION = Options.APPLICATION.type().placeholder();
  static final String JSON = "--json";

  /** What a shell completes with the names of files. */
  private static final Set<String> FILES = Set.of("FILE", "DIR", "PATH", APPLICATION);

  private CommandTree() {}

  static CommandLine commandLine() {
    CommandSpec prefork =
        command("Preforking servers for the JVM: one listener, N worker processes.");
    prefork.name("prefork");
    prefork.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    addHelp(prefork);
    prefork.addSubcommand("demo", demo());
    prefork.addSubcommand("run", run());
    prefork.addSubcommand("check", check());
    prefork.addSubcommand("config", config());
    prefork.addSubcommand(SettingsReader.DOCTOR, doctor());
    OperatingCommands.specs()
        .forEach((name, spec) -> {
          addHelp(spec);
          prefork.addSubcommand(name, spec);
        });
    prefork.addSubcommand("completion", completion());
    return new CommandLine(prefork);
  }

  private static CommandSpec demo() {
    CommandSpec spec = command("Serve the greeting protocol, as the 2004 original does.");
    addServerOptions(spec, SettingsReader.DEMO);
    return spec;
  }

  static CommandSpec run() {
    CommandSpec spec = command("Serve an application.");
    addApplication(spec);
    addServerOptions(spec, "run");
    addApplicationOptions(spec);
    return spec;
  }

  private static CommandSpec check() {
    CommandSpec spec = command("Check a configuration file without starting anything.");
    spec.addPositional(
        parameter("FILE", "The file: TOML, whose keys are the long options without their dashes.")
            .type(Path.class)
            .arity("1")
            .required(true)
            .build());
    addHelp(spec);
    return spec;
  }

  private static CommandSpec config() {
    CommandSpec spec =
        command("Print the values that run would take, and where each of them comes from.");
    addApplication(spec);
    spec.addOption(
        OptionSpec.builder(JSON).description("Print one JSON object instead of a table.").build());
    addServerOptions(spec, "config");
    addApplicationOptions(spec);
    return spec;
  }

  private static CommandSpec doctor() {
    CommandSpec spec =
        command(
            "Check whether this machine is right for a server of these options; each finding comes"
                + " with its fix. Exits with 0 if none of them is a problem, else with 1.");
    spec.addPositional(
        parameter(
                "FILE",
                "What is to be served, a jar or a WAR file; or a configuration file, as --config"
                    + " names one.")
            .type(Path.class)
            .arity("0..1")
            .build());
    spec.addOption(
        OptionSpec.builder(JSON).description("Print the findings as one JSON object.").build());
    addServerOptions(spec, SettingsReader.DOCTOR);
    addApplicationOptions(spec);
    return spec;
  }

  private static CommandSpec completion() {
    CommandSpec spec = command("Print a script that lets a shell complete this command.");
    spec.addPositional(
        parameter(
                "SHELL",
                String.join(", ", CompletionCommand.SHELLS)
                    + ": 'source <(prefork completion bash)', 'prefork completion fish | source'.")
            .type(String.class)
            .arity("1")
            .required(true)
            .completionCandidates(CompletionCommand.SHELLS)
            .build());
    addHelp(spec);
    return spec;
  }

  private static CommandSpec command(String description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).sortOptions(false);
    return spec;
  }

  /** A file may name the application too, so the command line need not. */
  private static void addApplication(CommandSpec spec) {
    spec.addPositional(
        parameter(APPLICATION, Options.APPLICATION.description())
            .type(Path.class)
            .arity("0..1")
            .build());
    spec.addPositional(
        parameter(
                Options.ARGUMENT.type().placeholder(),
                "For an executable jar, as --argument gives it; after -- where it starts with a"
                    + " dash.")
            .index("1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .build());
  }

  private static void addApplicationOptions(CommandSpec spec) {
    for (Option<?> option : Options.application()) {
      if (!option.equals(Options.APPLICATION)) {
        spec.addOption(optionSpec(option, option.defaultText()));
      }
    }
  }

  private static PositionalParamSpec.Builder parameter(String label, String description) {
    return PositionalParamSpec.builder().index("0").paramLabel(label).description(description);
  }

  private static void addServerOptions(CommandSpec spec, String command) {
    spec.addOption(optionSpec(Options.CONFIG, ""));
    for (Option<?> option : Options.all()) {
      spec.addOption(optionSpec(option, SettingsReader.defaultText(command, option)));
    }
    addHelp(spec);
  }

  private static OptionSpec optionSpec(Option<?> option, String defaultText) {
    String shown = defaultText.isEmpty() ? "" : " Default: " + defaultText + ".";
    Class<?> type = FILES.contains(option.type().placeholder()) ? Path.class : String.class;
    OptionSpec.Builder spec =
        OptionSpec.builder(option.flag())
            .paramLabel(option.type().placeholder())
            .arity("1")
            .description(option.description() + shown);
    if (option.type() instanceof ValueType.Choice<?> choice) {
      spec.completionCandidates(candidates(choice));
    }
    return option.repeatable()
        ? spec.type(List.class).auxiliaryTypes(type).build()
        : spec.type(type).build();
  }

  private static List<String> candidates(ValueType.Choice<?> choice) {
    return Stream.of(choice.type().getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static void addHelp(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Print this help and exit.")
            .build());
  }
}
