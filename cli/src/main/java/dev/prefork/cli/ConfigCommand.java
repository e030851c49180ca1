package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.PoolConfig;
import dev.prefork.config.Settings;
import dev.prefork.config.Source;
import dev.prefork.config.ValueType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** {@code prefork config}: the values that hold, and where each came from. */
final class ConfigCommand {
  private static final String NONE = "-";

  private ConfigCommand() {}

  /**
   * Prints what {@code run} would take with the same file, environment and flags.
   *
   * @return the exit code
   * @throws dev.prefork.PreforkException with all that {@code run} would refuse without a start
   */
  static int run(ParseResult parsed, Map<String, String> env, PrintStream out) {
    Settings settings = SettingsReader.read(parsed, env);
    List<Row> rows = new ArrayList<>();
    for (Option<?> option : SettingsReader.keys(parsed.commandSpec().name())) {
      rows.add(new Row(option, effective(option, settings, env), settings.source(option)));
    }
    out.print(parsed.hasMatchedOption(CommandTree.JSON) ? json(rows) : table(rows));
    return ExitStatus.OK.code();
  }

  /** A default that depends on another option is worked out where the command line tells enough. */
  private static List<String> effective(
      Option<?> option, Settings settings, Map<String, String> env) {
    List<String> texts = settings.texts(option);
    if (!texts.isEmpty()) {
      return texts;
    }
    if (option.equals(Options.MAX_WORKERS)) {
      String workers = settings.texts(Options.WORKERS).getFirst();
      int most = PoolConfig.defaultMax(Options.WORKERS.parse(workers, ""));
      return List.of(Integer.toString(most));
    }
    return option.equals(Options.RUNTIME_DIR) ? runtimeDirectory(settings, env) : texts;
  }

  /** None without an application, or on a port that the kernel will choose. */
  private static List<String> runtimeDirectory(Settings settings, Map<String, String> env) {
    String application = applicationName(settings);
    String address = settings.texts(Options.LISTEN).getFirst();
    if (application == null || address.endsWith(":0")) {
      return List.of();
    }
    String name = settings.value(Options.NAME);
    Path directory = RuntimePaths.directory(null, name, application, address, env);
    return List.of(directory.toString());
  }

  /** The short name of what is to be served; null if nobody says what. */
  static @Nullable String applicationName(Settings settings) {
    List<String> command = Command.words(settings);
    if (!command.isEmpty()) {
      return Command.nameOf(command);
    }
    String application = settings.value(Options.APPLICATION);
    return application == null ? null : ApplicationConfig.shortName(application);
  }

  private record Row(Option<?> option, List<String> values, Source source) {
    String value() {
      return values.isEmpty() ? NONE : String.join(" ", values);
    }
  }

  private static String table(List<Row> rows) {
    int names = widest(rows.stream().map(row -> row.option().name()).toList());
    int values = widest(rows.stream().map(Row::value).toList());
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      String name = padded(row.option().name(), names);
      table.append(name).append(padded(row.value(), values));
      table.append(row.source().place()).append('\n');
    }
    return table.toString();
  }

  private static int widest(List<String> cells) {
    return cells.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length() + 2);
  }

  private static String json(List<Row> rows) {
    return rows.stream()
        .map(row -> "  " + Json.text(row.option().name()) + ": " + json(row))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String json(Row row) {
    Source source = row.source();
    String place = source.kind() == Source.Kind.DEFAULT ? "null" : Json.text(source.place());
    return "{\"value\": "
        + jsonValue(row)
        + ", \"source\": "
        + Json.text(source.kind().word())
        + ", \"place\": "
        + place
        + "}";
  }

  private static String jsonValue(Row row) {
    if (row.option().repeatable()) {
      return row.values().stream().map(Json::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (row.values().isEmpty()) {
      return "null";
    }
    String value = row.values().getLast();
    boolean count = row.option().type() instanceof ValueType.Count;
    return count ? Integer.toString(Integer.parseInt(value)) : Json.text(value);
  }
}
