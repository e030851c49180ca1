package dev.prefork.listen;

import dev.prefork.config.WorkerMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A process that listens on a port, found through /proc (proc(5)): {@code net/tcp} gives the
 * sockets' inodes, {@code PID/fd} their holders. Processes of other users stay hidden from all but
 * root.
 *
 * @param pid the holder
 * @param command its command line, arguments separated by spaces
 */
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN_STATE = "0A";
  private static final int MAX_SHOWN = 60;

  /** On the command line of every worker that is a JVM. */
  private static final String JVM_MARK = "-Dprefork.worker=";

  /** Every process that holds a listening TCP socket with the address's port. */
  static List<PortHolder> find(InetSocketAddress address) {
    Set<String> sockets = new HashSet<>();
    sockets.addAll(socketsOn(address.getPort(), PROC.resolve("net/tcp")));
    sockets.addAll(socketsOn(address.getPort(), PROC.resolve("net/tcp6")));
    List<PortHolder> holders = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holdsOneOf(process, sockets)) {
          long pid = Long.parseLong(process.getFileName().toString());
          holders.add(new PortHolder(pid, commandOf(process)));
        }
      }
    } catch (IOException e) {
      return holders; // without /proc nobody can be named: the bind error stands for itself
    }
    return holders;
  }

  /** Whether it is a worker of some supervisor. */
  boolean isWorker() {
    return command.contains(JVM_MARK) || WorkerMark.isOn(PROC.resolve("" + pid).toString());
  }

  @Override
  public String toString() {
    String shown = command.length() > MAX_SHOWN ? command.substring(0, MAX_SHOWN) + "…" : command;
    return "process "
        + pid
        + " ("
        + (isWorker() ? "a worker left by a killed supervisor" : shown)
        + ")";
  }

  /** The link targets {@code socket:[INODE]} of the listening sockets in one of proc's tables. */
  private static Set<String> socketsOn(int port, Path table) {
    Set<String> sockets = new HashSet<>();
    String portColumn = String.format(Locale.ROOT, ":%04X", port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.trim().split("\\s+", -1);
        boolean matches =
            columns.length > 9
                && columns[1].endsWith(portColumn)
                && columns[3].equals(LISTEN_STATE);
        if (matches) {
          sockets.add("socket:[" + columns[9] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // no IPv6 in this kernel, or no /proc
    }
    return sockets;
  }

  private static boolean holdsOneOf(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> fds = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path fd : fds) {
        if (sockets.contains(linkTarget(fd))) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // ended meanwhile, or another user's
    }
    return false;
  }

  private static String linkTarget(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static String commandOf(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ').trim();
    } catch (IOException e) {
      return "ended meanwhile";
    }
  }
}
