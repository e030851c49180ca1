package dev.prefork.posix;

import java.util.ArrayList;
import java.util.List;

/**
 * A file system that is mounted: a line of /proc/self/mountinfo, proc_pid_mountinfo(5).
 *
 * @param root the part of it that is mounted: {@code /}, or a folder in it
 * @param point where
 * @param type {@code tmpfs}
 * @param options the file system's own: {@code rw}, {@code memory}
 */
public record Mount(String root, String point, String type, List<String> options) {
  /** Where all this is to be read. */
  public static final String FILE = "/proc/self/mountinfo";

  private static final int ROOT = 3;
  private static final int POINT = 4;
  private static final String REST = " - ";

  /** Copies the list. */
  public Mount {
    options = List.copyOf(options);
  }

  /** Reads the text of {@link #FILE}; of two at one point the later is on top. */
  public static List<Mount> parse(String text) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.split(" ", -1);
      int dash = line.indexOf(REST);
      if (dash > 0 && fields.length > POINT) {
        String[] rest = line.substring(dash + REST.length()).split(" ", -1);
        List<String> options = List.of(rest[rest.length - 1].split(",", -1));
        mounts.add(new Mount(plain(fields[ROOT]), plain(fields[POINT]), rest[0], options));
      }
    }
    return mounts;
  }

  private static String plain(String path) {
    return path.replace("\\040", " ");
  }
}
