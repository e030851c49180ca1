package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The terminal on standard input, with each key delivered at once and shown nowhere, until it is
 * closed. By termios(3) rather than stty(1), which a small container lacks and a process that ends
 * could hardly run.
 */
public final class Terminal implements AutoCloseable {
  /**
   * A window's size.
   *
   * @param columns characters in a line
   * @param rows lines
   */
  public record Size(int columns, int rows) {}

  /** What a terminal has that does not tell. */
  public static final Size USUAL = new Size(80, 24);

  private static final NativeFunction TCGETATTR = NativeFunction.of("tcgetattr", 2);
  private static final NativeFunction TCSETATTR = NativeFunction.of("tcsetattr", 3);
  private static final NativeFunction IOCTL = NativeFunction.of("ioctl", 3);

  // struct termios and its numbers: Linux, x86-64 and aarch64, glibc and musl alike.
  private static final int TERMIOS_SIZE = 64; // 60 are used
  private static final int LFLAG = 12;
  private static final int CC = 17;
  private static final int VTIME = CC + 5;
  private static final int VMIN = CC + 6;
  private static final int VSUSP = CC + 10;
  private static final int ICANON = 2;
  private static final int ECHO = 8;
  private static final int TCSAFLUSH = 2;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int STDIN = 0;

  private final byte[] before;
  private boolean closed;

  private Terminal(byte[] before) {
    this.before = before;
  }

  /** Whether a descriptor of this process leads to a terminal. */
  public static boolean isTerminal(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      return TCGETATTR.call(fd, arena.allocate(TERMIOS_SIZE, 4).address()) >= 0;
    }
  }

  /** How large the window of a terminal is now. */
  public static Size size(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment window = arena.allocate(8, 2);
      int result = IOCTL.call(fd, TIOCGWINSZ, window.address());
      int rows = Short.toUnsignedInt(window.get(JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(window.get(JAVA_SHORT, 2));
      return result < 0 || rows == 0 || columns == 0 ? USUAL : new Size(columns, rows);
    }
  }

  /**
   * Takes the terminal over. Ctrl-C still interrupts; Ctrl-Z, which would leave a spoilt screen to
   * the shell, is an ordinary key.
   *
   * @param tenths how long a read waits for a key, in tenths of a second, 1 to 255
   * @throws PosixException ENOTTY
   */
  public static Terminal open(int tenths) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment modes = arena.allocate(TERMIOS_SIZE, 4);
      NativePosix.check(
          TCGETATTR.call(STDIN, modes.address()),
          "tcgetattr",
          "could not read the terminal's modes");
      byte[] before = modes.toArray(JAVA_BYTE);
      modes.set(JAVA_INT, LFLAG, modes.get(JAVA_INT, LFLAG) & ~(ICANON | ECHO));
      modes.set(JAVA_BYTE, VMIN, (byte) 0);
      modes.set(JAVA_BYTE, VTIME, (byte) tenths);
      modes.set(JAVA_BYTE, VSUSP, (byte) 0);
      set(modes);
      return new Terminal(before);
    }
  }

  private static void set(MemorySegment modes) {
    NativePosix.check(
        TCSETATTR.call(STDIN, TCSAFLUSH, modes.address()),
        "tcsetattr",
        "could not set the terminal's modes");
  }

  /** Gives the terminal back as it was; from any thread, and once. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (Arena arena = Arena.ofConfined()) {
        set(arena.allocateFrom(JAVA_BYTE, before));
      }
    }
  }
}
