package dev.prefork.launch;

import dev.prefork.WorkerIdentity;
import dev.prefork.config.ApplicationConfig;
import dev.prefork.config.WorkerMark;
import dev.prefork.listen.Listeners;
import dev.prefork.posix.Fd;
import dev.prefork.posix.Pid;
import dev.prefork.posix.Posix;
import dev.prefork.posix.Scheduling;
import dev.prefork.posix.Signum;
import dev.prefork.posix.SocketAddresses;
import dev.prefork.posix.SpawnRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Spawns workers that are any executable. It finds its listeners as systemd hands them over
 * (sd_listen_fds(3)): from descriptor 3 on, LISTEN_FDS of them; after them its lifeline, of which
 * it need not know.
 *
 * <p>LISTEN_PID must be the worker's own pid, which nobody knows before the spawn: a shell begins
 * as the worker, sets it and becomes the command. It waits until the lifeline is armed: had the
 * supervisor been killed before, the command would outlive it.
 */
final class CommandLauncher implements Launcher {
  private static final String SHELL = "/bin/sh";

  /** The variable that is read into is one that no supervisor hands on. */
  private static final String BECOME_THE_COMMAND =
      "read -r LISTEN_PID || exit; export LISTEN_PID=$$; exec \"$@\" </dev/null";

  private static final byte[] GO = {'\n'};

  private final Posix posix;
  private final ApplicationConfig command;
  private final Listeners listeners;
  private final Fd scoreboard;
  private final Map<String, String> inherited;

  CommandLauncher(
      Posix posix,
      ApplicationConfig command,
      Listeners listeners,
      Fd scoreboard,
      Map<String, String> environment) {
    this.posix = posix;
    this.command = command;
    this.listeners = listeners;
    this.scoreboard = scoreboard;
    this.inherited = WorkerCommandLine.inherited(environment);
  }

  /** Spawns a worker. It is ready when it says so, or lives long enough. */
  @Override
  public WorkerProcess spawn(int slot, int generation) {
    try (SpawnDescriptors opened = new SpawnDescriptors(posix)) {
      Posix.Pipe go = opened.pipe();
      Posix.Pipe lifeline = opened.pipe();
      Posix.Pipe output = opened.pipe();
      Posix.Mailbox mailbox = posix.mailbox();
      Fd notifications = opened.add(mailbox.socket());
      posix.setBlocking(lifeline.writeEnd(), false);
      posix.setBlocking(output.readEnd(), false);
      List<Fd> descriptors =
          new ArrayList<>(List.of(go.readEnd(), output.writeEnd(), output.writeEnd()));
      listeners.all().forEach(listener -> descriptors.add(listener.socket()));
      descriptors.add(lifeline.readEnd());
      Pid pid =
          posix.spawn(
              new SpawnRequest(
                  SHELL,
                  arguments(),
                  entries(slot, generation, mailbox.name()),
                  descriptors,
                  Scheduling.INHERITED,
                  true));
      Fd exit = opened.watchOrKill(pid, () -> arm(pid, lifeline.readEnd()));
      var _ = posix.write(go.writeEnd(), GO);
      opened.handOver(lifeline.writeEnd(), notifications, output.readEnd());
      return WorkerProcess.ofCommand(
          new WorkerIdentity(slot, generation, pid.value()),
          exit,
          lifeline.writeEnd(),
          notifications,
          output.readEnd());
    }
  }

  /** Its supervisor's end asks the command to go, as a JVM's lifeline does. */
  private Fd arm(Pid pid, Fd lifeline) {
    posix.signalWhenCut(lifeline, pid, Signum.TERM);
    return posix.watch(pid);
  }

  private List<String> arguments() {
    List<String> line = new ArrayList<>(List.of("sh", "-c", BECOME_THE_COMMAND, "prefork"));
    line.addAll(command.words());
    return line;
  }

  private List<String> entries(int slot, int generation, String mailbox) {
    Map<String, String> environment = new TreeMap<>(inherited);
    environment.put("LISTEN_FDS", Integer.toString(listeners.all().size()));
    environment.put("LISTEN_FDNAMES", names());
    environment.put("NOTIFY_SOCKET", "@" + mailbox);
    environment.putAll(WorkerMark.of(slot, generation));
    return WorkerCommandLine.entries(environment);
  }

  /** The addresses, whose colons would separate names. */
  private String names() {
    return listeners.all().stream()
        .map(listener -> SocketAddresses.format(listener.address()).replace(':', '_'))
        .collect(Collectors.joining(":"));
  }

  @Override
  public void close() {
    scoreboard.close();
  }
}
