package dev.prefork.testing;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Processes from outside: kill(1) and proc(5). */
public final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern ASKED_FOR = Pattern.compile("VmFlags:.* hg .*");
  private static final String WORKER_MAIN = "dev.prefork.worker.WorkerMain";

  private Processes() {}

  /** Sends a signal to each; one that is gone already is passed over. */
  public static void signal(String name, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-s", name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    var _ = run(command);
  }

  /** Sends a signal. */
  public static void signal(String name, long pid) {
    signal(name, List.of(pid));
  }

  /** Runs a command to its end and returns what it printed. */
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var _ = process.waitFor();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  /** Whether a command can be run and ends with 0. */
  public static boolean succeeds(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectErrorStream(true).redirectOutput(Path.of("/dev/null").toFile());
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  /** Whether a process of this number is there, a zombie included. */
  public static boolean exists(long pid) {
    return Files.exists(PROC.resolve(Long.toString(pid)));
  }

  /** Its state letter, proc(5): R, S, T, Z …; a dash if it is gone. */
  public static char state(long pid) {
    String[] fields = stat(pid);
    return fields == null ? '-' : fields[0].charAt(0);
  }

  /** Its parent, or 0 if it is gone. */
  public static long parent(long pid) {
    String[] fields = stat(pid);
    return fields == null ? 0 : Long.parseLong(fields[1]);
  }

  /** Its process group, or 0 if it is gone. */
  public static long group(long pid) {
    String[] fields = stat(pid);
    return fields == null ? 0 : Long.parseLong(fields[2]);
  }

  /** Its controlling terminal's device number, or 0 if it has none. */
  public static long terminal(long pid) {
    String[] fields = stat(pid);
    return fields == null ? 0 : Long.parseLong(fields[4]);
  }

  private static String @Nullable [] stat(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    return stat.isEmpty() ? null : stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** The children of a process, zombies included. */
  public static List<Long> children(long parent) {
    return all().stream().filter(pid -> parent(pid) == parent).toList();
  }

  /** The workers that a supervisor has now, starting ones included. */
  public static List<Long> workers(long supervisor) {
    return children(supervisor).stream().filter(Processes::isWorker).toList();
  }

  /** Whether it is a worker. */
  public static boolean isWorker(long pid) {
    return commandLine(pid).contains(WORKER_MAIN);
  }

  /** Its arguments, separated by spaces; empty for a zombie. */
  public static String commandLine(long pid) {
    return read(PROC.resolve(pid + "/cmdline")).replace('\0', ' ');
  }

  /** What it has mapped, and from which files: proc(5). */
  public static String maps(long pid) {
    return read(PROC.resolve(pid + "/maps"));
  }

  /** Whether a process has asked for huge pages: {@code hg}, proc_pid_smaps(5). */
  public static boolean asksForHugePages(long pid) {
    return read(PROC.resolve(pid + "/smaps")).lines().anyMatch(ASKED_FOR.asMatchPredicate());
  }

  /** All whose environment holds the text. */
  public static List<Long> withEnvironment(String text) {
    return all().stream()
        .filter(pid -> read(PROC.resolve(pid + "/environ")).contains(text))
        .toList();
  }

  /** What its descriptors lead to, by number. */
  public static Map<Integer, String> descriptors(long pid) {
    Map<Integer, String> targets = new TreeMap<>();
    try (DirectoryStream<Path> fds = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
      for (Path fd : fds) {
        String target = readLink(fd);
        if (!target.isEmpty()) {
          targets.put(Integer.parseInt(fd.getFileName().toString()), target);
        }
      }
      return targets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of threads. */
  public static int threads(long pid) {
    return tasks(pid).size();
  }

  /** How many threads of the process are in one of these system calls, proc(5) syscall. */
  public static int threadsIn(long pid, List<String> systemCalls) {
    int count = 0;
    for (Path task : tasks(pid)) {
      String call = read(task.resolve("syscall"));
      int space = call.indexOf(' ');
      if (space > 0 && systemCalls.contains(call.substring(0, space))) {
        count++;
      }
    }
    return count;
  }

  /** Opens every pipe into which a process can write: who reads them does not learn of its end. */
  public static List<Closeable> holdPipes(long pid) throws IOException {
    List<Closeable> held = new ArrayList<>();
    for (Map.Entry<Integer, String> descriptor : descriptors(pid).entrySet()) {
      Path info = PROC.resolve(pid + "/fdinfo/" + descriptor.getKey());
      boolean writes = Pattern.compile("(?m)^flags:\\s+\\d*1$").matcher(read(info)).find();
      if (writes && descriptor.getValue().startsWith("pipe:")) {
        held.add(new FileOutputStream(PROC + "/" + pid + "/fd/" + descriptor.getKey()));
      }
    }
    return held;
  }

  /** The scheduling policies of its threads, as proc(5) numbers them: field 41 of stat. */
  public static List<Integer> schedulingPolicies(long pid) {
    return ofThreads(pid, 41);
  }

  /** How nice its threads are: field 19 of stat. */
  public static List<Integer> niceValues(long pid) {
    return ofThreads(pid, 19);
  }

  private static List<Integer> ofThreads(long pid, int field) {
    List<Integer> values = new ArrayList<>();
    for (Path task : tasks(pid)) {
      String stat = read(task.resolve("stat"));
      if (!stat.isEmpty()) {
        String[] fromField3 = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        values.add(Integer.valueOf(fromField3[field - 3]));
      }
    }
    return values;
  }

  /**
   * How many connections of a listening port processes hold now: established, and accepted, for one
   * that still waits in the kernel's queue has no inode.
   */
  public static long accepted(int port) {
    return acceptedInodes(port).count();
  }

  /** How many of them this process holds. */
  public static long accepted(int port, long pid) {
    Set<String> held = new HashSet<>(descriptors(pid).values());
    return acceptedInodes(port).filter(inode -> held.contains("socket:[" + inode + "]")).count();
  }

  private static Stream<String> acceptedInodes(int port) {
    String column = String.format(Locale.ROOT, ":%04X", port);
    return (read(PROC.resolve("net/tcp")) + read(PROC.resolve("net/tcp6")))
        .lines()
        .map(line -> line.trim().split("\\s+", -1))
        .filter(columns -> columns.length > 9 && columns[1].endsWith(column))
        .filter(columns -> columns[3].equals("01") && !columns[9].equals("0"))
        .map(columns -> columns[9]);
  }

  private static List<Path> tasks(long pid) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      tasks.forEach(found::add);
      return found;
    } catch (IOException e) {
      return found; // it has ended
    }
  }

  private static List<Long> all() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pids.sort(null);
    return pids;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }

  private static String readLink(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
