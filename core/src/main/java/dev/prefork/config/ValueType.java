package dev.prefork.config;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the text of an option's value is read and bounded.
 *
 * @param <T> what a value is once read
 */
public sealed interface ValueType<T> {
  /**
   * Reads a value.
   *
   * @return the value, or null if {@code text} is none of this type or out of range
   */
  @Nullable T parse(String text);

  /** Whether a value that did not come from text is in range. */
  boolean accepts(T value);

  /** What is accepted, to follow "must be": {@code 1 to 64}. */
  String range();

  /** The placeholder in a help text: {@code N}. */
  String placeholder();

  /** Any text but the empty one. */
  record Text(String placeholder) implements ValueType<String> {
    @Override
    public @Nullable String parse(String text) {
      return accepts(text) ? text : null;
    }

    @Override
    public boolean accepts(String value) {
      return !value.isBlank();
    }

    @Override
    public String range() {
      return "not empty";
    }
  }

  /** A whole number. */
  record Count(int min, int max) implements ValueType<Integer> {
    @Override
    public @Nullable Integer parse(String text) {
      try {
        int value = Integer.parseInt(text);
        return accepts(value) ? value : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public boolean accepts(Integer value) {
      return min <= value && value <= max;
    }

    @Override
    public String range() {
      return min + " to " + max;
    }

    @Override
    public String placeholder() {
      return "N";
    }
  }

  /** A time with its unit. */
  record Time(Duration min, Duration max) implements ValueType<Duration> {
    @Override
    public @Nullable Duration parse(String text) {
      Duration value = Units.parseDuration(text);
      return value != null && accepts(value) ? value : null;
    }

    @Override
    public boolean accepts(Duration value) {
      return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
    }

    @Override
    public String range() {
      return Units.format(min) + " to " + Units.format(max) + ", with its unit (500ms, 3s, 2m)";
    }

    @Override
    public String placeholder() {
      return "TIME";
    }
  }

  /** An amount of memory with its unit, in bytes once read. */
  record Size(long min, long max) implements ValueType<Long> {
    @Override
    public @Nullable Long parse(String text) {
      Long value = Units.parseSize(text);
      return value != null && accepts(value) ? value : null;
    }

    @Override
    public boolean accepts(Long value) {
      return min <= value && value <= max;
    }

    @Override
    public String range() {
      return Units.formatSize(min)
          + " to "
          + Units.formatSize(max)
          + ", with its unit (512KiB, 64MiB, 1GiB)";
    }

    @Override
    public String placeholder() {
      return "SIZE";
    }
  }

  /** One of an enum's constants, written in lower case. */
  record Choice<E extends Enum<E>>(Class<E> type) implements ValueType<E> {
    @Override
    public @Nullable E parse(String text) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
          return constant;
        }
      }
      return null;
    }

    @Override
    public boolean accepts(E value) {
      return true;
    }

    @Override
    public String range() {
      StringBuilder names = new StringBuilder();
      E[] constants = type.getEnumConstants();
      for (int i = 0; i < constants.length; i++) {
        names.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ");
        names.append(constants[i].name().toLowerCase(Locale.ROOT));
      }
      return names.toString();
    }

    /** The last word of the enum's name: {@code FORMAT}. */
    @Override
    public String placeholder() {
      return type.getSimpleName().replaceFirst(".*(?=[A-Z])", "").toUpperCase(Locale.ROOT);
    }
  }
}
