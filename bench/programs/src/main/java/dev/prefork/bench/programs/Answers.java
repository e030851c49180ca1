package dev.prefork.bench.programs;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** What every program here answers to {@code /hello}, {@code /10k} and {@code /cpu}. */
final class Answers {
  /** Servers of other languages burn as much, by the same clock of the kernel. */
  private static final long BURNT_NS = 5_000_000;

  private static final byte[] HELLO = bytes("hello, world\n");
  private static final byte[] TEN_K = bytes("x".repeat(10_240));
  private static final byte[] DONE = bytes("done\n");

  private Answers() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the answer takes so long that it must not be made on a thread that serves others. */
  static boolean computes(String path) {
    return path.equals("/cpu");
  }

  /** Nobody may change it. */
  static byte[] to(String path) {
    if (computes(path)) {
      burn();
      return DONE;
    }
    return path.equals("/10k") ? TEN_K : HELLO;
  }

  /** Uses processor time, however long it has to wait for the processor. */
  private static void burn() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long endNs = threads.getCurrentThreadCpuTime() + BURNT_NS;
    while (threads.getCurrentThreadCpuTime() < endNs) {
      Thread.onSpinWait();
    }
  }
}
