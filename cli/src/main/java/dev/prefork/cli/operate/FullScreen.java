package dev.prefork.cli.operate;

import dev.prefork.posix.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The whole screen of a terminal, given back as it was: at the end, by Ctrl-C and by TERM alike.
 * Only SIGKILL leaves it spoilt; reset(1) helps then.
 */
final class FullScreen implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** A resized window is drawn anew as soon as this has passed, in tenths of a second. */
  private static final int KEY_WAIT = 1;

  static final int NO_KEY = -1;

  private final PrintStream out;
  private final Terminal terminal;
  private final FileInputStream keys = new FileInputStream(FileDescriptor.in);
  private final Thread atExit = new Thread(this::restore, "prefork-restore-terminal");
  private boolean restored;

  FullScreen(PrintStream out) {
    this.out = out;
    this.terminal = Terminal.open(KEY_WAIT);
    Runtime.getRuntime().addShutdownHook(atExit);
    out.print(ENTER);
    out.flush();
  }

  /** Draws a screenful in place of the last one, without a flicker. */
  synchronized void draw(List<String> lines) {
    if (restored) {
      return;
    }
    StringBuilder frame = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(CLEAR_LINE);
    }
    out.print(frame.append(CLEAR_BELOW));
    out.flush();
  }

  /** Waits a moment for a key; {@link #NO_KEY} if none was pressed. */
  int key() throws IOException {
    return keys.read();
  }

  private synchronized void restore() {
    if (!restored) {
      restored = true;
      out.print(LEAVE);
      out.flush();
      terminal.close();
    }
  }

  @Override
  public void close() {
    restore();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // it is running
    }
  }
}
