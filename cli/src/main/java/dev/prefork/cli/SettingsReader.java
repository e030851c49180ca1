package dev.prefork.cli;

import dev.prefork.config.Given;
import dev.prefork.config.Layer;
import dev.prefork.config.Option;
import dev.prefork.config.Options;
import dev.prefork.config.Settings;
import dev.prefork.config.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Settings from all their sources: default, then file, then environment, then flags. */
final class SettingsReader {
  static final String DEMO = "demo";
  static final String DOCTOR = "doctor";

  /**
   * As the original: it serialises accept by a lock, which could as well use fcntl(2), it says; and
   * it has its workers and nobody else. By the options' names: at every start the comparison of
   * records would cost twenty method handles.
   */
  private static final Map<String, String> DEMO_DEFAULTS =
      Map.of(Options.ACCEPT.name(), "fcntl", Options.SPARES.name(), "0");

  private SettingsReader() {}

  /** What a command's file may hold: all that a server takes; an application too, but for demo. */
  static List<Option<?>> keys(String command) {
    List<Option<?>> keys = new ArrayList<>();
    if (!command.equals(DEMO)) {
      keys.addAll(Options.application());
    }
    keys.addAll(Options.all());
    return keys;
  }

  /** The default as the help text shows it: the two commands that serve differ a little. */
  static String defaultText(String command, Option<?> option) {
    return command.equals(DEMO)
        ? DEMO_DEFAULTS.getOrDefault(option.name(), option.defaultText())
        : option.defaultText();
  }

  /**
   * Reads the settings of a command.
   *
   * @throws dev.prefork.PreforkException with all that is wrong
   */
  static Settings read(ParseResult parsed, Map<String, String> env) {
    String command = parsed.commandSpec().name();
    Layer flags = flags(parsed);
    Layer variables = EnvironmentVariables.read(env, everyOption());
    List<Layer> layers = new ArrayList<>(List.of(defaults(command)));
    String file = configFile(variables, flags);
    if (file != null) {
      layers.add(ConfigFile.read(file, keys(command)));
    }
    layers.add(variables);
    layers.add(flags);
    return resolve(layers);
  }

  /**
   * Lets each layer override those before it. What is wrong is refused even where a stronger source
   * would override it.
   *
   * @throws dev.prefork.PreforkException with all that is wrong, as far as it shows without a start
   */
  static Settings resolve(List<Layer> layers) {
    Settings settings = new Settings(layers);
    ServerOptions.check(
        settings, layers.stream().flatMap(layer -> layer.problems().stream()).toList());
    return settings;
  }

  /** The environment is common to all commands: what another one takes is passed over. */
  private static List<Option<?>> everyOption() {
    List<Option<?>> options = keys("run");
    options.add(Options.CONFIG);
    return options;
  }

  private static Layer defaults(String command) {
    Layer layer = new Layer();
    for (Option<?> option : keys(command)) {
      String text = defaultText(command, option);
      if (!text.equals(option.defaultText())) {
        layer.give(option, text, Source.DEFAULT);
      }
    }
    return layer;
  }

  private static Layer flags(ParseResult parsed) {
    Layer layer = new Layer();
    for (Option<?> option : everyOption()) {
      if (parsed.hasMatchedOption(option.flag())) {
        for (String text : parsed.matchedOption(option.flag()).originalStringValues()) {
          layer.give(option, text, Source.flag(option.flag()));
        }
      }
    }
    if (parsed.hasMatchedPositional(0)) {
      String text = parsed.matchedPositional(0).originalStringValues().getFirst();
      boolean isConfig = parsed.commandSpec().name().equals(DOCTOR) && !Application.isFile(text);
      Option<?> option = isConfig ? Options.CONFIG : Options.APPLICATION;
      layer.give(option, text, Source.flag(option.type().placeholder()));
    }
    if (parsed.hasMatchedPositional(1)) {
      Source source = Source.flag(Options.ARGUMENT.type().placeholder());
      for (String text : parsed.matchedPositional(1).originalStringValues()) {
        layer.give(Options.ARGUMENT, text, source);
      }
    }
    return layer;
  }

  private static @Nullable String configFile(Layer weaker, Layer stronger) {
    String file = null;
    for (Layer layer : List.of(weaker, stronger)) {
      for (Given one : layer.given()) {
        file = one.option().equals(Options.CONFIG) ? one.text() : file;
      }
    }
    return file;
  }
}
