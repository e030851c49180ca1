package dev.prefork.cli;

import dev.prefork.config.Layer;
import dev.prefork.config.NearestName;
import dev.prefork.config.Option;
import dev.prefork.config.Source;
import dev.prefork.config.WorkerMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment as a source of options: {@code PREFORK_STOP_TIMEOUT} is {@code stop-timeout}. */
final class EnvironmentVariables {
  /** Read by the launcher, before there is a JVM. */
  static final Set<String> LAUNCHER = Set.of("PREFORK_JAVA_HOME");

  /** Given to the workers of a command, which may be a server as well. */
  private static final Set<String> WORKER = Set.of(WorkerMark.SLOT, WorkerMark.GENERATION);

  /** What separates the values of an option that may be given several times. */
  private static final Pattern SEPARATOR = Pattern.compile("\\s+");

  /**
   * Kubernetes gives the containers beside a service called prefork, or prefork-something,
   * variables of that name; nobody who starts a server has written them.
   */
  private static final Pattern SERVICE =
      Pattern.compile(
          "PREFORK_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

  private static final Pattern SERVICE_PORT = Pattern.compile("PREFORK_(\\w+_)?PORT");

  private EnvironmentVariables() {}

  /**
   * Reads what begins with PREFORK_.
   *
   * @param options that exist
   * @return the values, and a problem for each variable that is no option
   */
  static Layer read(Map<String, String> env, List<Option<?>> options) {
    Map<String, Option<?>> byVariable = new LinkedHashMap<>();
    options.forEach(option -> byVariable.put(option.variable(), option));
    Layer layer = new Layer();
    for (Map.Entry<String, String> entry : new TreeMap<>(env).entrySet()) {
      String name = entry.getKey();
      Option<?> option = byVariable.get(name);
      if (option != null) {
        take(layer, option, entry.getValue());
      } else if (name.startsWith(Option.VARIABLE_PREFIX) && !isSomebodyElses(name, entry)) {
        layer.refuse(Source.variable(name), "no such option" + nextStep(name, options));
      }
    }
    return layer;
  }

  private static boolean isSomebodyElses(String name, Map.Entry<String, String> entry) {
    return LAUNCHER.contains(name)
        || WORKER.contains(name)
        || SERVICE.matcher(name).matches()
        || (SERVICE_PORT.matcher(name).matches() && entry.getValue().contains("://"));
  }

  private static void take(Layer layer, Option<?> option, String text) {
    Source source = Source.variable(option.variable());
    String[] values =
        option.repeatable() && !text.isBlank()
            ? SEPARATOR.split(text.strip(), -1)
            : new String[] {text};
    for (String value : values) {
      layer.give(option, value, source);
    }
  }

  private static String nextStep(String name, List<Option<?>> options) {
    String wrong = name.substring(Option.VARIABLE_PREFIX.length());
    List<String> names = options.stream().<String>map(Option::name).toList();
    return NearestName.of(wrong, names)
        .flatMap(right -> options.stream().filter(one -> one.name().equals(right)).findFirst())
        .map(right -> "; did you mean " + right.variable() + "?")
        .orElse("; unset it, or see 'prefork config --help' for the options");
  }
}
