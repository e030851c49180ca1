package dev.prefork.programs;

/**
 * What every program here answers: its process id; to {@code /NUMBER} so many milliseconds later,
 * to {@code /loop} never.
 */
final class Answers {
  private Answers() {}

  /** How long the answer to a path shall take, for servers that must not block a thread. */
  static long delayMs(String path) {
    while (path.equals("/loop")) {
      Thread.onSpinWait();
    }
    return path.length() > 1 ? Long.parseLong(path, 1, path.length(), 10) : 0;
  }

  static String now() {
    return Long.toString(ProcessHandle.current().pid());
  }

  /** Answers when it is time. */
  static String to(String path) {
    try {
      Thread.sleep(delayMs(path));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now();
  }
}
