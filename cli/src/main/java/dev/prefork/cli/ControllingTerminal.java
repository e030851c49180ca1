package dev.prefork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process has a controlling terminal: field 7, tty_nr, of /proc/self/stat (proc(5)).
 */
final class ControllingTerminal {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int TTY_AFTER_NAME =
      4; // fields after the name: state ppid pgrp session tty_nr

  private ControllingTerminal() {}

  static boolean present() {
    try {
      String stat = Files.readString(STAT);
      // The name stands in parentheses and may hold spaces and parentheses itself.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return !fields[TTY_AFTER_NAME].equals("0");
    } catch (IOException e) {
      return false;
    }
  }
}
