package dev.prefork.cli;

import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.ValueType;

/** docs/CONFIGURATION.md, from the table of options. */
final class ConfigurationPage {
  private static final String BEFORE =
      """
      # Configuration

      <!-- Generated from Options: mvn -pl cli -am test -Dtest=ConfigurationDocTest -Dsurefire.failIfNoSpecifiedTests=false -Dprefork.docs.write=true -->

      One table of options serves the command line, the environment, the file and the builder of
      `PreforkServer`. Each overrides those before it:

      | source | how it is written |
      |---|---|
      | default | the table below |
      | file | `--config prefork.toml` (or `PREFORK_CONFIG`); keys are the long options without their dashes |
      | environment | `PREFORK_` and the option in capitals, dashes as underscores: `PREFORK_STOP_TIMEOUT=10s` |
      | flag | `--stop-timeout 10s` |

      What may be given several times is replaced as a whole, never added up. What is wrong is refused in
      every source, even where a stronger one overrides it. `prefork config` takes the same file, environment
      and flags as `prefork run` and prints what holds and where each value came from (`--json` for programs).

      ## The file

      [prefork.toml](prefork.toml) is [TOML](https://toml.io/):

      ```toml
      """;

  private static final String BETWEEN =
      """
      ```

      Counts are integers, everything else is a string: times and sizes with their unit. What may be given
      several times is an array of strings, or one string. Keys stand at the top, in no table. Paths are
      relative to the directory in which the command is started, as on the command line. `prefork demo`
      takes a file too, without what the last table has.

      `prefork check prefork.toml` tells all that is wrong in a file without starting anything, and exits
      with 0 or 78:

      ```console
      $ prefork check prefork.toml
      prefork: prefork.toml:3: workers must be 1 to 1000, not "0"
      prefork: prefork.toml:7: unknown key "stop-timout"; did you mean "stop-timeout"?
      ```

      It looks at the file alone: no address is bound, no class is looked for.

      ## The environment

      What may be given several times is separated by spaces: `PREFORK_LISTEN="127.0.0.1:80 [::1]:80"`; one
      of its values that contains a space can only stand in a file or in a flag. A variable `PREFORK_…` that is
      no option is refused, but for `PREFORK_JAVA_HOME`, which the launcher reads, `PREFORK_SLOT` and
      `PREFORK_GENERATION`, which the workers of a command get, and those that Kubernetes makes for a service
      called prefork (`PREFORK_SERVICE_HOST`, `PREFORK_PORT=tcp://…`).

      A wrong value in the file or in the environment ends the command with 78, a wrong flag with 64.

      ## Options

      | option | value | default | meaning |
      |---|---|---|---|
      """;

  private static final String AFTER =
      """

      The defaults of `prefork demo` are the same but for `--accept fcntl`: the original serialises accept by a
      lock. Only `prefork run` is told what to serve:

      | option | value | default | meaning |
      |---|---|---|---|
      """;

  private ConfigurationPage() {}

  static String text(String example) {
    StringBuilder page = new StringBuilder(BEFORE).append(example).append(BETWEEN);
    Options.all().forEach(option -> page.append(row("`" + option.flag() + "`", option)));
    page.append(AFTER);
    for (Option<?> option : Options.application()) {
      boolean parameter = option.equals(Options.APPLICATION);
      String name = parameter ? CommandTree.APPLICATION + "`, key `application" : option.flag();
      page.append(row("`" + name + "`", option));
    }
    return page.toString();
  }

  private static String row(String name, Option<?> option) {
    String defaultText = option.defaultText().isEmpty() ? "" : "`" + option.defaultText() + "`";
    return "| "
        + String.join(" | ", name, value(option), defaultText, option.description())
            .replace("  ", " ")
        + " |\n";
  }

  /** What is accepted, and whether several times. */
  static String value(Option<?> option) {
    ValueType<?> type = option.type();
    String value = type instanceof ValueType.Text ? type.placeholder() : type.range();
    return option.repeatable() ? value + "; several times" : value;
  }
}
