package dev.prefork.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same jar as {@link LoneProgram} starts, preforked; all else as by default.
 *
 * @param launcher the {@code prefork} command
 * @param program its name
 * @param workers how many
 * @param options further ones of the command
 * @param caches where its workers' AOT caches are, or none
 * @param directory runtime directory and log go here
 */
record PreforkedProgram(
    Path launcher, String program, int workers, List<String> options, String caches, Path directory)
    implements HttpSide {
  /** As long as the program's own queue. */
  private static final String BACKLOG = "1024";

  PreforkedProgram {
    options = List.copyOf(options);
  }

  /** With caches that all numbers of workers of this program share. */
  static PreforkedProgram of(
      Path launcher, String program, int workers, List<String> options, Path directory) {
    String caches = directory.resolve(program + "-caches").toString();
    return new PreforkedProgram(launcher, program, workers, options, caches, directory);
  }

  /** A cache makes starts shorter, and its training takes processor time: under load it is none. */
  @Override
  public PreforkedProgram underLoad() {
    return new PreforkedProgram(
        launcher, program, workers, options, ReadyServer.NO_CACHE, directory);
  }

  @Override
  public String name() {
    return program + " preforked " + workers;
  }

  @Override
  public int compilers() {
    return workers;
  }

  @Override
  public RunningServer start(Belongings belongings) {
    int port = FreePort.find();
    List<String> words =
        new ArrayList<>(List.of("run", "--workers", "" + workers, "--backlog", BACKLOG));
    words.addAll(options);
    words.addAll(List.of("--argument=" + program, "--argument=" + port));
    words.add(ProgramJar.of(program).toString());
    FirstAnswer first = FirstAnswer.watch(port);
    ReadyServer server =
        new ReadyServer.Command(launcher, words, port, caches, directory, fileName())
            .start(belongings);
    double readyMs = first.awaitMs(server.process());
    return new RunningServer(this, server.process(), port, readyMs);
  }

  private String fileName() {
    return name().replace(' ', '-');
  }

  @Override
  public void replaceWorkers(RunningServer server) {
    try (Control control = Control.connect(directory.resolve(fileName()))) {
      for (int slot = 0; slot < workers; slot++) {
        control.retire(slot);
      }
    }
  }
}
