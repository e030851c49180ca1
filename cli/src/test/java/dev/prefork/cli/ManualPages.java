package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.ValueType;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** docs/man, from the tree of commands, the table of options and the table of signals. */
final class ManualPages {
  private static final String GENERATOR =
      "Generated: mvn -pl cli -am test -Dtest=ConfigurationDocTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dprefork.docs.write=true";

  /** Has every option that a server takes. */
  private static final CommandSpec RUN = CommandTree.run();

  private ManualPages() {}

  /** prefork(1). */
  static String command() {
    CommandSpec prefork = CommandTree.commandLine().getCommandSpec();
    Map<String, CommandLine> commands = prefork.subcommands();
    Roff page = new Roff("PREFORK", 1, GENERATOR).section("NAME");
    page.text("prefork - preforking servers for the JVM").section("SYNOPSIS");
    commands.values().forEach(one -> page.paragraph(synopsis(one.getCommandSpec())));
    page.section("DESCRIPTION").text(description(prefork));
    page.text("The supervisor opens the listeners and keeps the workers alive; it serves nobody.");
    page.section("COMMANDS");
    commands.values().forEach(one -> command(page, one.getCommandSpec()));
    page.section("OPTIONS");
    prefork.options().forEach(option -> page.item(names(option), option.description()[0]));
    page.paragraph("Of the commands that serve, and of `config`:");
    RUN.options().stream()
        .filter(option -> !option.usageHelp())
        .forEach(option -> page.item(names(option), option.description()[0]));
    environment(page);
    signals(page);
    page.section("EXIT STATUS");
    for (ExitStatus status : ExitStatus.values()) {
      page.item("`" + status.code() + "`", meaning(status));
    }
    return page.section("SEE ALSO").text("`prefork.toml`(5)").toString();
  }

  private static void command(Roff page, CommandSpec command) {
    page.item("`" + command.name() + "`", description(command));
    command
        .positionalParameters()
        .forEach(one -> page.line("<" + one.paramLabel() + ">: " + one.description()[0]));
    command.options().stream()
        .filter(ManualPages::isNotAsInRun)
        .forEach(option -> page.line(names(option) + ": " + option.description()[0]));
  }

  private static boolean isNotAsInRun(OptionSpec option) {
    OptionSpec same = RUN.findOption(option.longestName());
    return same == null || !same.description()[0].equals(option.description()[0]);
  }

  private static String synopsis(CommandSpec command) {
    String parameters =
        command.positionalParameters().stream()
            .map(one ->
                one.required()
                    ? " <" + one.paramLabel() + ">"
                    : " [<" + one.paramLabel() + ">]" + (one.arity().max() > 1 ? "..." : ""))
            .collect(Collectors.joining());
    boolean options = command.options().stream().anyMatch(option -> !option.usageHelp());
    return "`prefork " + command.name() + "`" + (options ? " [<OPTION>]..." : "") + parameters;
  }

  private static String names(OptionSpec option) {
    String names =
        option.names().length == 1
            ? "`" + option.longestName() + "`"
            : "`" + String.join("`, `", option.names()) + "`";
    return option.arity().max() == 0 ? names : names + " <" + option.paramLabel() + ">";
  }

  private static String description(CommandSpec command) {
    return command.usageMessage().description()[0];
  }

  private static void environment(Roff page) {
    page.section("ENVIRONMENT")
        .text(
            "Every option may stand in a variable: `PREFORK_` and its name in capitals, dashes as"
                + " underscores, `PREFORK_STOP_TIMEOUT` for `--stop-timeout`. It overrides the file;"
                + " a flag overrides it. Several values are separated by spaces.")
        .item("`PREFORK_JAVA_HOME`, `JAVA_HOME`", "Where the launcher looks for a JDK first.")
        .item("`XDG_RUNTIME_DIR`", "Where the runtime directory is, unless it is named.");
  }

  private static void signals(Roff page) {
    page.section("SIGNALS").text("What the supervisor does:");
    for (SignalTable row : SignalTable.values()) {
      page.item("`" + row.signum() + "`", row.action() + ".");
    }
  }

  private static String meaning(ExitStatus status) {
    return switch (status) {
      case OK -> "Stopped as asked, or nothing is wrong.";
      case USAGE -> "The command line is wrong.";
      case UNAVAILABLE -> "A listener is not to be had.";
      case FAILED -> "An internal error, or starts of workers failed too often.";
      case TRY_AGAIN -> "Not now; the same again may work later.";
      case CONFIGURATION -> "The configuration file, the environment or the application is wrong.";
    };
  }

  /** prefork.toml(5). */
  static String file(String example) {
    Roff page = new Roff("PREFORK.TOML", 5, GENERATOR).section("NAME");
    page.text("prefork.toml - configuration of prefork").section("DESCRIPTION");
    page.text(
        "A TOML file that `prefork run` and `prefork demo` read with `--config` <FILE>. Its keys are"
            + " the long options without their dashes, at the top, in no table. Environment"
            + " variables and flags override it. Counts are integers, everything else is a string,"
            + " times (500ms, 3s, 2m) and sizes (512KiB, 64MiB, 1GiB) with their unit. What may be"
            + " given several times is an array of strings, or one string. `prefork check` <FILE>"
            + " tells all that is wrong in it.");
    page.section("KEYS");
    for (Option<?> option : SettingsReader.keys("run")) {
      page.item("`" + option.name() + "` = " + kind(option), option.description());
      if (!option.defaultText().isEmpty()) {
        page.text("Default: " + option.defaultText() + ".");
      }
    }
    page.paragraph(
        "`prefork demo` takes none of `"
            + Options.application().stream().map(Option::name).collect(Collectors.joining("`, `"))
            + "`.");
    page.section("EXAMPLE").example(example);
    return page.section("SEE ALSO").text("`prefork`(1)").toString();
  }

  private static String kind(Option<?> option) {
    ValueType<?> type = option.type();
    return switch (type) {
      case ValueType.Count _ -> "integer, " + type.range();
      case ValueType.Text _ when option.repeatable() -> "string or array of strings";
      case ValueType.Text _ -> "string";
      case ValueType.Choice<?> _ -> "string: " + type.range().toLowerCase(Locale.ROOT);
      case ValueType.Time _, ValueType.Size _ -> "string, " + type.range().replaceAll(",.*", "");
    };
  }
}
