package dev.prefork.bench.programs;

/** Runs any of them: {@code java -jar JAR NAME PORT}. */
public final class Program {
  private Program() {}

  /**
   * Serves on 127.0.0.1 until TERM.
   *
   * @param args {@code jetty}, {@code netty}, {@code jdk} or {@code robaho}, and the port
   */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "jetty" -> JettyProgram.serve(port);
      case "netty" -> NettyProgram.serve(port);
      case "jdk" -> JdkProgram.serve(port);
      case "robaho" -> JdkProgram.serveByRobaho(port);
      default -> throw new IllegalArgumentException("there is no program " + args[0]);
    }
  }
}
