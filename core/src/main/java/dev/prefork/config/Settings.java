package dev.prefork.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that hold, and where each came from. A stronger source replaces all that a weaker one
 * gave of the same option; the values of one that may be given several times are not added up.
 */
public final class Settings {
  private final Map<String, List<Given>> byName = new LinkedHashMap<>();

  /**
   * Lets each layer override those before it.
   *
   * @param layers weakest first; the problems in them are the caller's
   */
  public Settings(List<Layer> layers) {
    for (Layer layer : layers) {
      Map<String, List<Given>> own = new LinkedHashMap<>();
      for (Given one : layer.given()) {
        own.computeIfAbsent(one.option().name(), name -> new ArrayList<>()).add(one);
      }
      byName.putAll(own);
    }
  }

  /** The values that somebody gave, as written; empty if nobody did. */
  public List<Given> given(Option<?> option) {
    return byName.getOrDefault(option.name(), List.of());
  }

  /** The value that somebody gave; null if nobody did: the option's default holds then. */
  public <T> @Nullable T value(Option<T> option) {
    List<T> values = values(option);
    return values.isEmpty() ? null : values.getLast();
  }

  /** The values that somebody gave, in their order; empty if nobody did. */
  public <T> List<T> values(Option<T> option) {
    List<T> values = new ArrayList<>();
    for (Given one : given(option)) {
      values.add(option.parse(one.text(), one.source().place()));
    }
    return values;
  }

  /** What holds, as written: what somebody gave, else the default; empty if there is none. */
  public List<String> texts(Option<?> option) {
    List<String> texts = given(option).stream().map(Given::text).toList();
    boolean none = texts.isEmpty() && option.defaultText().isEmpty();
    return texts.isEmpty() && !none ? List.of(option.defaultText()) : texts;
  }

  /** Where the value that holds came from. */
  public Source source(Option<?> option) {
    List<Given> given = given(option);
    return given.isEmpty() ? Source.DEFAULT : given.getFirst().source();
  }

  /**
   * Finds out who is to correct what a later check refused.
   *
   * @param message names the options that it is about: the first of them that somebody gave is the
   *     source
   */
  public Problem blame(String message) {
    Source source = Source.DEFAULT;
    int first = message.length();
    for (Map.Entry<String, List<Given>> entry : byName.entrySet()) {
      Matcher word =
          Pattern.compile("(?<![\\w-])(--)?" + entry.getKey() + "(?![\\w-])").matcher(message);
      if (word.find() && word.start() < first) {
        first = word.start();
        source = quoted(entry.getValue(), message).source();
      }
    }
    return new Problem(source, message);
  }

  /** Of several values, the one that the message quotes. */
  private static Given quoted(List<Given> given, String message) {
    return given.stream()
        .filter(one -> message.contains("\"" + one.text() + "\""))
        .findFirst()
        .orElse(given.getFirst());
  }
}
