package dev.prefork.listen;

import dev.prefork.config.WorkerMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A process that listens on a port or path, found through /proc (proc(5)): {@code net/tcp} and
 * {@code net/unix} give the sockets' inodes, {@code PID/fd} their holders. Processes of other users
 * stay hidden from all but root.
 *
 * @param pid the holder
 * @param command its command line, arguments separated by spaces
 */
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN_STATE = "0A";

  /** __SO_ACCEPTCON. */
  private static final String UNIX_LISTENS = "00010000";

  private static final int MAX_SHOWN = 60;

  /** On the command line of every worker that is a JVM. */
  private static final String JVM_MARK = "-Dprefork.worker=";

  /** Every process that holds a listening socket with the address's port, or its path. */
  static List<PortHolder> find(SocketAddress address) {
    Set<String> sockets = new HashSet<>();
    if (address instanceof UnixDomainSocketAddress unix) {
      sockets.addAll(socketsAt(unix.getPath()));
    } else {
      int port = ((InetSocketAddress) address).getPort();
      sockets.addAll(socketsOn(port, PROC.resolve("net/tcp")));
      sockets.addAll(socketsOn(port, PROC.resolve("net/tcp6")));
    }
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

  /** Its columns: number, count, protocol, flags, type, state, inode, and perhaps a path. */
  private static Set<String> socketsAt(Path path) {
    Set<String> sockets = new HashSet<>();
    try {
      for (String line : Files.readAllLines(PROC.resolve("net/unix"))) {
        String[] columns = line.trim().split("\\s+", 8);
        boolean matches =
            columns.length == 8
                && columns[3].equals(UNIX_LISTENS)
                && columns[7].equals(path.toString());
        if (matches) {
          sockets.add("socket:[" + columns[6] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // no /proc
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
      String words = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
      return words.trim().replaceAll("\\s+", " "); // a script's text may be one of them
    } catch (IOException e) {
      return "ended meanwhile";
    }
  }
}
