package dev.prefork.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the programs alone: {@code java -jar}.
 *
 * @param program its name
 * @param options for its JVM
 * @param directory it runs and logs here
 */
record LoneProgram(String program, List<String> options, Path directory) implements HttpSide {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  LoneProgram {
    options = List.copyOf(options);
  }

  /** As everybody starts it. */
  LoneProgram(String program, Path directory) {
    this(program, List.of(), directory);
  }

  /** The same with further options for its JVM. */
  LoneProgram with(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new LoneProgram(program, all, directory);
  }

  @Override
  public String name() {
    return program + " alone";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public int compilers() {
    return 1;
  }

  @Override
  public boolean replacesWorkers() {
    return false;
  }

  @Override
  public void replaceWorkers(RunningServer server) {
    throw new UnsupportedOperationException(name() + " has no workers");
  }

  @Override
  public RunningServer start(Belongings belongings) {
    int port = FreePort.find();
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(options);
    command.addAll(List.of("-jar", ProgramJar.of(program).toString(), program, "" + port));
    return HttpStart.of(this, command, directory, port, belongings);
  }
}
