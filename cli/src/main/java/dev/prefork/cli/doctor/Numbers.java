package dev.prefork.cli.doctor;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in what the kernel prints. */
final class Numbers {
  private static final Pattern LEADING = Pattern.compile("\\d{1,18}");

  private Numbers() {}

  /** A file that holds one number; empty for anything else, as {@code max}. */
  static OptionalLong in(Machine machine, String path) {
    return parse(machine.read(path).orElse(""));
  }

  static OptionalLong parse(String text) {
    return LEADING.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** A line of /proc/meminfo, in bytes. */
  static OptionalLong memory(Machine machine, String name) {
    return find(machine.read("/proc/meminfo"), "(?m)^" + name + ":\\s+(\\d+) kB").stream()
        .map(kilobytes -> kilobytes * 1_024)
        .findFirst();
  }

  /** The soft limit of a line of /proc/self/limits; empty for {@code unlimited}. */
  static OptionalLong limit(Machine machine, String name) {
    return find(machine.read("/proc/self/limits"), "(?m)^" + name + "\\s+(\\d+)\\s");
  }

  private static OptionalLong find(Optional<String> text, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text.orElse(""));
    return matcher.find() ? parse(matcher.group(1)) : OptionalLong.empty();
  }

  /** Bytes for people. */
  static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
