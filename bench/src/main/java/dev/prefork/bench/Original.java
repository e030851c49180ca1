package dev.prefork.bench;

import dev.prefork.ExitStatus;
import dev.prefork.PreforkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The 2004 program under SBCL.
 *
 * @param sbcl the program that runs it
 * @param source the Lisp file
 * @param port the one that its source names: it takes no other
 * @param directory it runs and logs here
 */
record Original(Path sbcl, Path source, int port, Path directory) implements Side {
  static final int PORT = 1978;

  private static final long READY_MS = 60_000;
  private static final Duration ONE_CONNECTION = Duration.ofNanos(1);

  /** Finds SBCL on the path of commands. */
  static Path findSbcl(String commandPath) {
    return new CommandPath(commandPath)
        .find("sbcl")
        .orElseThrow(() ->
            new PreforkException(
                ExitStatus.UNAVAILABLE,
                "sbcl, which runs the original, is not on the PATH: apt-get install sbcl, or"
                    + " leave out --original"));
  }

  /** Refuses to start beside somebody else's server, whose figures these would then be. */
  void requireFreePort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true); // as the original does
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new PreforkException(
          ExitStatus.UNAVAILABLE,
          "the original can only serve on 127.0.0.1:"
              + port
              + ", which is taken ("
              + e.getMessage()
              + "): stop who listens there ('ss -ltnp' tells), or leave out --original");
    }
  }

  @Override
  public String name() {
    return "original";
  }

  @Override
  public RunningServer start(Belongings belongings) {
    requireFreePort();
    long startNs = System.nanoTime();
    ServerProcess process =
        belongings.keep(() -> ServerProcess.start(command(), directory, "original", _ -> {}));
    process.deleteAtEnd(Path.of("/tmp/" + process.handle().pid() + ".lock"));
    var _ = Waiting.until(() -> answers() || !process.isAlive(), READY_MS);
    double readyMs = (System.nanoTime() - startNs) / 1e6;
    if (!process.isAlive() || !answers()) {
      PreforkException failure = process.failed("did not answer on port " + port);
      belongings.end(process);
      throw new PreforkException(failure.status(), "original: " + failure.getMessage());
    }
    var _ = process.children();
    return new RunningServer(this, process, port, readyMs);
  }

  private boolean answers() {
    return GreetingLoad.measure(port, 1, ONE_CONNECTION).count(Outcome.OK) > 0;
  }

  private List<String> command() {
    return List.of(
        sbcl.toString(),
        "--noinform",
        "--non-interactive",
        "--no-sysinit",
        "--no-userinit",
        "--load",
        source.toString());
  }
}
