package dev.prefork.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Scheduling;
import dev.prefork.posix.SpawnRequest;
import dev.prefork.posix.WaitStatus;
import dev.prefork.testing.Await;
import dev.prefork.testing.EmbeddedServers;
import dev.prefork.testing.Processes;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process inherits, and what not. */
class DescriptorIT {
  private static final Pattern FLAGS = Pattern.compile("flags:\\s+(\\d+)");
  private static final Pattern LISTED = Pattern.compile(" (\\d+) -> (.+)");

  @RegisterExtension final EmbeddedServers servers = new EmbeddedServers();

  private final Posix posix = Posix.system();

  @Test
  void aSpawnedProcessSeesOnlyWhatItWasGiven() throws Exception {
    List<FileInputStream> leaks = new ArrayList<>();
    List<Callable<Map<Integer, String>>> spawns = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8);
        Fd given = posix.open(Path.of("/dev/null"))) {
      for (int i = 0; i < 50; i++) {
        leaks.add(new FileInputStream("/dev/zero")); // the JDK opens it without close-on-exec
      }
      assertThat(descriptorsWithoutCloseOnExec()).isGreaterThanOrEqualTo(50);
      for (int i = 0; i < 40; i++) {
        spawns.add(() -> descriptorsOfLs(given));
      }
      for (Future<Map<Integer, String>> seen : threads.invokeAll(spawns)) {
        Map<Integer, String> descriptors = seen.get();
        assertThat(descriptors.remove(3)).endsWith("/fd"); // the directory that it reads
        assertThat(descriptors.keySet()).containsExactly(0, 1, 2);
        assertThat(descriptors).containsEntry(0, "/dev/null").containsEntry(2, "/dev/null");
        assertThat(descriptors.get(1)).startsWith("pipe:");
      }
    } finally {
      for (FileInputStream leak : leaks) {
        leak.close();
      }
    }
  }

  /** Counts them by the flags of /proc/self/fdinfo (proc(5)). */
  private static long descriptorsWithoutCloseOnExec() throws IOException {
    int closeOnExec = 02000000;
    long count = 0;
    try (DirectoryStream<Path> infos = Files.newDirectoryStream(Path.of("/proc/self/fdinfo"))) {
      for (Path info : infos) {
        if (Files.exists(info)) {
          Matcher flags = FLAGS.matcher(Files.readString(info));
          count += flags.find() && (Integer.parseInt(flags.group(1), 8) & closeOnExec) == 0 ? 1 : 0;
        }
      }
    }
    return count;
  }

  private Map<Integer, String> descriptorsOfLs(Fd given) {
    Posix.Pipe output = posix.pipe();
    List<String> arguments = List.of("ls", "-l", "/proc/self/fd");
    Pid pid =
        posix.spawn(
            new SpawnRequest(
                "/bin/ls",
                arguments,
                List.of("LC_ALL=C"),
                List.of(given, output.writeEnd(), given),
                Scheduling.INHERITED,
                false));
    output.writeEnd().close();
    String listing = readAll(output.readEnd());
    output.readEnd().close();
    List<WaitStatus> end = new ArrayList<>();
    Await.until(
        "the end of ls",
        () -> {
          Optional<WaitStatus> status = posix.reap(pid);
          status.ifPresent(end::add);
          return status.isPresent();
        });
    assertThat(end).containsExactly(new WaitStatus.Exited(0));
    Map<Integer, String> descriptors = new TreeMap<>();
    Matcher line = LISTED.matcher(listing);
    while (line.find()) {
      descriptors.put(Integer.parseInt(line.group(1)), line.group(2));
    }
    return descriptors;
  }

  private String readAll(Fd fd) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[4096];
    for (int count = posix.read(fd, chunk); count > 0; count = posix.read(fd, chunk)) {
      bytes.write(chunk, 0, count);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aWorkerHoldsNothingOfItsSupervisorsButWhatTheyShare() {
    PreforkServer server = servers.start(servers.builder());
    Map<Integer, String> ours = Processes.descriptors(ProcessHandle.current().pid());
    for (var worker : server.status().workers()) {
      Map<Integer, String> theirs = Processes.descriptors(worker.pid());
      List<String> shared =
          theirs.values().stream()
              .filter(target -> target.startsWith("socket:") || target.startsWith("pipe:"))
              .filter(ours::containsValue)
              .distinct()
              .toList();
      // The listener, and the three pipes: output, commands, reports.
      assertThat(shared).hasSize(4);
      assertThat(shared).filteredOn(target -> target.startsWith("socket:")).hasSize(1);
      assertThat(theirs).containsEntry(0, "/dev/null");
    }
    List<Long> pids = Processes.workers(ProcessHandle.current().pid());
    Map<Integer, String> first = Processes.descriptors(pids.getFirst());
    Map<Integer, String> second = Processes.descriptors(pids.getLast());
    assertThat(first.get(4)).as("the lifeline").startsWith("pipe:");
    assertThat(second.values()).doesNotContain(first.get(4), first.get(5), first.get(1));
  }
}
