package dev.prefork.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a descriptor's number mean another open file: dup2(2). An epoll set watches files, not
 * numbers (epoll(7), "Will closing a file descriptor cause it to be removed"): it would go on with
 * the old one, so that every set of this process is told, by epoll_ctl(2).
 */
final class NativeSwitch {
  private static final NativeFunction DUP2 = NativeFunction.of("dup2", 2);
  private static final NativeFunction EPOLL_CTL = NativeFunction.of("epoll_ctl", 4);

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EVENT_SIZE = 16;

  /** struct epoll_event is packed on x86-64 alone. */
  private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fdinfo");

  /** A line of an epoll set in proc(5). */
  private static final Pattern WATCHED =
      Pattern.compile("^tfd: *(\\d+) +events: *([0-9a-f]+) +data: *([0-9a-f]+) ");

  /** How an epoll set watches a descriptor. */
  private record Watch(int set, int events, long data) {}

  private NativeSwitch() {}

  static void replace(int number, Fd by) {
    String what = "could not let descriptor " + number + " mean " + by;
    List<Watch> watches = watchesOf(number);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_SIZE);
      for (Watch watch : watches) {
        // Failing, it has just been taken out by who watches.
        var _ = EPOLL_CTL.call(watch.set, EPOLL_CTL_DEL, number, event.address());
      }
      NativePosix.check(DUP2.call(by.number(), number), "dup2", what);
      for (Watch watch : watches) {
        event.set(JAVA_INT_UNALIGNED, 0, watch.events);
        event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, watch.data);
        var _ = EPOLL_CTL.call(watch.set, EPOLL_CTL_ADD, number, event.address());
      }
    }
  }

  private static List<Watch> watchesOf(int number) {
    List<Watch> watches = new ArrayList<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : open) {
        addWatches(descriptor, number, watches);
      }
      return watches;
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(new IOException("could not read " + DESCRIPTORS, e));
    }
  }

  private static void addWatches(Path descriptor, int number, List<Watch> watches)
      throws IOException {
    try {
      for (String line : Files.readAllLines(descriptor)) {
        Matcher watched = WATCHED.matcher(line);
        if (watched.find() && Integer.parseInt(watched.group(1)) == number) {
          watches.add(
              new Watch(
                  Integer.parseInt(descriptor.getFileName().toString()),
                  Integer.parseUnsignedInt(watched.group(2), 16),
                  Long.parseUnsignedLong(watched.group(3), 16)));
        }
      }
    } catch (NoSuchFileException e) {
      return; // closed meanwhile
    }
  }
}
