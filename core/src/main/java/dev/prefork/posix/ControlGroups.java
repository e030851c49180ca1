package dev.prefork.posix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The control groups of this process, cgroups(7), of version 2 and of version 1, where each
 * controller may have a hierarchy of its own.
 */
public final class ControlGroups {
  private static final String MEMBERSHIP = "/proc/self/cgroup";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final Function<String, Optional<String>> files;

  /**
   * What a group may have at most.
   *
   * @param file which says so: {@code memory.max}
   */
  public record Limit(String file, long value) {}

  /**
   * One of them.
   *
   * @param unified whether its files are those of version 2
   * @param path its own, from the root of its hierarchy
   * @param folders where its files are, then those of each group around it, as far as we see them
   */
  public record Group(boolean unified, String path, List<String> folders) {
    /** Copies the list. */
    public Group {
      folders = List.copyOf(folders);
    }
  }

  /**
   * Looks at a machine.
   *
   * @param files a file's text by its path; empty if it can't be read
   */
  public ControlGroups(Function<String, Optional<String>> files) {
    this.files = files;
  }

  /** Looks at the machine that we are on. */
  public static ControlGroups ofThisProcess() {
    return new ControlGroups(SmallFile::read);
  }

  /**
   * The group in the hierarchy of a controller, or in the unified one if it has none of its own.
   *
   * @param controller {@code memory}, {@code pids}; {@code name=systemd} for a named hierarchy
   */
  public Optional<Group> of(String controller) {
    Optional<Group> unified = Optional.empty();
    for (String line : read(MEMBERSHIP).lines().toList()) {
      String[] parts = line.split(":", 3); // number, controllers, path
      if (parts.length == 3 && parts[1].isEmpty()) {
        unified = Optional.of(group(true, controller, parts[2]));
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
        return Optional.of(group(false, controller, parts[2]));
      }
    }
    return unified;
  }

  /** The lowest memory limit around this process, in bytes; version 1 writes none as a huge one. */
  public Optional<Limit> memory() {
    return lowest("memory", "memory.max", "memory.limit_in_bytes");
  }

  /** The lowest limit of processes around this one, threads included. */
  public Optional<Limit> processes() {
    return lowest("pids", "pids.max", "pids.max");
  }

  private Optional<Limit> lowest(String controller, String v2, String v1) {
    Optional<Group> group = of(controller);
    String file = group.filter(Group::unified).isPresent() ? v2 : v1;
    return group.stream()
        .flatMap(own -> own.folders().stream())
        .map(folder -> read(folder + "/" + file))
        .filter(text -> NUMBER.matcher(text).matches()) // and not "max"
        .map(number -> new Limit(file, Long.parseLong(number)))
        .min(Comparator.comparingLong(Limit::value));
  }

  private Group group(boolean unified, String controller, String path) {
    for (Mount mount : Mount.parse(read(Mount.FILE))) {
      boolean fits =
          unified
              ? mount.type().equals("cgroup2")
              : mount.type().equals("cgroup") && mount.options().contains(controller);
      if (fits) {
        return new Group(unified, path, folders(mount, path));
      }
    }
    return new Group(unified, path, List.of());
  }

  /** None if the part that is mounted does not hold the group. */
  private static List<String> folders(Mount mount, String path) {
    String root = withoutLastSlash(mount.root());
    String own = withoutLastSlash(path);
    List<String> folders = new ArrayList<>();
    if (own.equals(root) || own.startsWith(root + "/")) {
      String below = own.substring(root.length());
      while (!below.isEmpty()) {
        folders.add(mount.point() + below);
        below = below.substring(0, below.lastIndexOf('/'));
      }
      folders.add(mount.point());
    }
    return folders;
  }

  private static String withoutLastSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private String read(String path) {
    return files.apply(path).orElse("");
  }
}
