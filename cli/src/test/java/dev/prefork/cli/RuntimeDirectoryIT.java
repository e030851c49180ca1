package dev.prefork.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prefork.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A runtime directory that can't be written, has no room, or goes away. */
class RuntimeDirectoryIT {
  @RegisterExtension final Commands commands = new Commands();

  private Path mountPoint;

  @BeforeEach
  void makeMountPoint() throws IOException {
    mountPoint = Files.createDirectory(commands.directory().resolve("mnt"));
  }

  /**
   * {@code prefork demo} where a file system of its own is mounted, in a mount namespace.
   *
   * @param prepare shell commands that mount it, in the mount point's parent
   */
  private RunningCommand demoOn(String prepare) {
    assumeThat(Processes.succeeds("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"))
        .as("this user may mount")
        .isTrue();
    List<String> before =
        List.of("unshare", "--mount", "sh", "-e", "-c", prepare + "; exec \"$@\"", "sh");
    String directory = mountPoint.resolve("run").toString();
    List<String> arguments = List.of("demo", "--listen", "127.0.0.1:0", "--runtime-dir", directory);
    return commands.launch(before, arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mount -t tmpfs -o ro none mnt | could not make it: Read-only file system",
        "mount -t tmpfs none mnt; mkdir -m 700 mnt/run; mkdir mnt/run/crash; mount -o remount,ro mnt"
            + " | Read-only file system (open: EROFS)"
      })
  void aReadOnlyOneIsRefusedInOneLine(String prepare, String reason) {
    commands.expect("could not use the runtime directory");
    RunningCommand server = demoOn(prepare);
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(78);
    assertThat(server.log().lines())
        .singleElement()
        .asString()
        .startsWith("prefork: could not use the runtime directory " + mountPoint.resolve("run"))
        .contains(reason)
        .endsWith("; choose another with runtime-dir");
  }

  /** No room for a folder, for the process id, for the scoreboard. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mount -t tmpfs -o nr_inodes=1 none mnt | could not make it: No space left on device",
        "mount -t tmpfs -o size=4k none mnt; echo > mnt/file | No space left on device (write: ",
        "mount -t tmpfs -o size=8k none mnt; echo > mnt/file | could not make the scoreboard "
      })
  void aFullOneIsRefusedInOneLineAndMayHaveRoomLater(String prepare, String reason) {
    commands.expect("could not ");
    RunningCommand server = demoOn(prepare);
    assertThat(server.awaitExit()).as(server.log()).isEqualTo(75);
    assertThat(server.log().lines())
        .singleElement()
        .asString()
        .contains(mountPoint.resolve("run").toString(), reason, "No space left on device", "room");
  }

  @Test
  void oneThatIsDeletedWhileTheServerRunsIsNotMissed() throws IOException {
    commands.expect("killed by SIGKILL; respawning");
    RunningCommand server = commands.obedient("--workers", "2");
    List<Long> workers = server.workers();
    Commands.delete(commands.directory().resolve("run"));

    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    Processes.signal("KILL", workers.getFirst());
    server.awaitLog("worker 0 gen 1 pid (?!" + workers.getFirst() + " )\\d+ ready");
    assertThat(server.awaitWorkers(2)).contains(workers.getLast());
    assertThat(server.ask("echo hello\n")).isEqualTo("hello\n");
    server.signal("TERM");
    assertThat(server.awaitExit()).as(server.log()).isZero();
    assertThat(server.log()).contains("stopped: TERM: 2 workers drained, 0 cut");
  }
}
