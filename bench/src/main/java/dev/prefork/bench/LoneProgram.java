package dev.prefork.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * One of the programs as everybody starts it: {@code java -jar}.
 *
 * @param program its name
 * @param directory it runs and logs here
 */
record LoneProgram(String program, Path directory) implements HttpSide {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

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
    List<String> command =
        List.of(JAVA.toString(), "-jar", ProgramJar.of(program).toString(), program, "" + port);
    return HttpStart.of(this, command, directory, port, belongings);
  }
}
