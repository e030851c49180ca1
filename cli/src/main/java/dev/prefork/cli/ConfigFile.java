package dev.prefork.cli;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import dev.prefork.config.Layer;
import dev.prefork.config.NearestName;
import dev.prefork.config.Option;
import dev.prefork.config.Source;
import dev.prefork.config.ValueType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * A configuration file: TOML, whose keys are names of options. The only class that knows the TOML
 * library, so that a start without a file loads none of it.
 */
final class ConfigFile {
  private static final Pattern BARE_VALUE = Pattern.compile("\\s*[\\w-]+\\s*=\\s*[^\\s\"'\\[{#]");

  private final String file;
  private final List<String> lines;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();
  private final Layer layer = new Layer();

  private ConfigFile(String file, List<String> lines, List<Option<?>> options) {
    this.file = file;
    this.lines = lines;
    options.forEach(option -> this.options.put(option.name(), option));
  }

  /**
   * Reads a file.
   *
   * @param options that may stand in it
   * @return its values, and all that is wrong in it
   * @throws PreforkException (configuration) if the file can't be read
   */
  static Layer read(String file, List<Option<?>> options) {
    String text = text(file);
    ConfigFile reader = new ConfigFile(file, text.lines().toList(), options);
    reader.take(Toml.parse(text));
    return reader.layer;
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw unreadable(file, "no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(file, "permission denied");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8");
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static PreforkException unreadable(String file, String why) {
    return new PreforkException(
        ExitStatus.CONFIGURATION, "could not read the configuration file " + file + ": " + why);
  }

  private void take(TomlParseResult toml) {
    for (TomlParseError error : toml.errors()) {
      layer.refuse(
          Source.file(file, error.position().line(), error.position().column()),
          error.getMessage() + quotesHint(error.position().line()));
    }
    for (String key : toml.keySet()) {
      List<String> path = List.of(key); // a plain string would be read as a dotted key
      Source source = Source.file(file, lineOf(toml, path));
      Option<?> option = options.get(key);
      Object value = toml.get(path);
      if (option == null && value instanceof TomlTable) {
        layer.refuse(source, "unknown table \"" + key + "\"; keys stand at the top, in no table");
      } else if (option == null) {
        layer.refuse(source, "unknown key \"" + key + "\"" + nextStep(key));
      } else if (value instanceof TomlArray array && option.repeatable() && !array.isEmpty()) {
        takeAll(option, array);
      } else if (value != null) {
        takeOne(option, value, source);
      }
    }
  }

  /** What is forgotten most often: {@code stop-timeout = 25s}. */
  private String quotesHint(int line) {
    boolean bare = line <= lines.size() && BARE_VALUE.matcher(lines.get(line - 1)).lookingAt();
    return bare ? "; texts, times and sizes stand in quotes" : "";
  }

  private static int lineOf(TomlParseResult toml, List<String> path) {
    var position = toml.inputPositionOf(path);
    return position == null ? 0 : position.line();
  }

  private String nextStep(String key) {
    Optional<String> nearest = NearestName.of(key, options.keySet());
    return nearest.isPresent()
        ? "; did you mean \"" + nearest.get() + "\"?"
        : "; the keys are the long options without their dashes";
  }

  private void takeAll(Option<?> option, TomlArray array) {
    for (int i = 0; i < array.size(); i++) {
      takeOne(option, array.get(i), Source.file(file, array.inputPositionOf(i).line()));
    }
  }

  private void takeOne(Option<?> option, Object value, Source source) {
    boolean count = option.type() instanceof ValueType.Count;
    if (count ? value instanceof Long : value instanceof String) {
      layer.give(option, value.toString(), source);
    } else {
      layer.refuse(source, option.name() + " must be " + wanted(option) + ", not " + shown(value));
    }
  }

  private static String wanted(Option<?> option) {
    String array = option.repeatable() ? " or an array of strings" : "";
    return switch (option.type()) {
      case ValueType.Count count -> "an integer, " + count.range();
      case ValueType.Text _ -> "a string" + array;
      default -> "a string" + array + ", " + option.type().range();
    };
  }

  private static String shown(Object value) {
    return switch (value) {
      case String text -> "\"" + text + "\"";
      case TomlArray array -> array.isEmpty() ? "[]" : "an array";
      case TomlTable _ -> "a table";
      default -> value.toString();
    };
  }
}
