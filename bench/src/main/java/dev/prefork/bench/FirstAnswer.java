package dev.prefork.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a server that is about to start, again and again until it answers. The clock begins with
 * this.
 */
final class FirstAnswer {
  private static final long PATIENCE_MS = 120_000;
  private static final long LOOK_EVERY_NS = 1_000_000;
  private static final int LONGEST_ANSWER_MS = 30_000;

  /** Who waits for the answer is not to take the processor from who gives it. */
  private static final long SELDOM_NS = 20_000_000;

  private final CompletableFuture<Long> answeredNs = new CompletableFuture<>();
  private final long startNs = System.nanoTime();

  /** Begins to ask, on a thread of its own. */
  static FirstAnswer watch(int port) {
    FirstAnswer first = new FirstAnswer();
    Thread.ofPlatform().daemon().name("first-answer").start(() -> first.ask(port));
    return first;
  }

  private void ask(int port) {
    if (Waiting.until(() -> answers(port), PATIENCE_MS, LOOK_EVERY_NS)) {
      answeredNs.complete(System.nanoTime());
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LONGEST_ANSWER_MS);
      socket.getOutputStream().write(Workload.HELLO_ONCE.request());
      byte[] answer = socket.getInputStream().readAllBytes();
      return HttpHead.parse(answer, HttpHead.end(answer, 0, answer.length)).status() == 200;
    } catch (IOException e) {
      return false; // nobody listens yet, or it gave up
    }
  }

  /**
   * Waits for the answer.
   *
   * @return milliseconds since the beginning
   * @throws dev.prefork.PreforkException if there is none, or the process has ended
   */
  double awaitMs(ServerProcess process) {
    var _ = Waiting.until(() -> answeredNs.isDone() || !process.isAlive(), PATIENCE_MS, SELDOM_NS);
    Long at = answeredNs.completeOnTimeout(-1L, 0, TimeUnit.MILLISECONDS).join();
    if (at < 0) {
      throw process.failed("did not answer");
    }
    return (at - startNs) / 1e6;
  }
}
