package dev.prefork.bench;

import dev.prefork.posix.Signum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A preforking server that may be installed, and how it is started beside the system's own.
 *
 * @param label as tables call it
 * @param command what starts it
 * @param modules what its configuration loads
 * @param files configuration and application: resources beside this class, to be filled in
 * @param arguments what the command is given, to be filled in
 * @param replacing what its parent is sent so that it replaces its workers
 * @param computes whether it runs a program: a file takes no processor time
 * @param waitsForKept whether a worker waits for the next request of a kept connection, and serves
 *     nobody else meanwhile
 */
record Product(
    String label,
    String command,
    List<Path> modules,
    List<String> files,
    List<String> arguments,
    Signum replacing,
    boolean computes,
    boolean waitsForKept) {
  /** Debian's places of what {@code httpd.conf} and {@code uwsgi.ini} load. */
  private static final Path APACHE = Path.of("/usr/lib/apache2/modules");

  private static final Path UWSGI = Path.of("/usr/lib/uwsgi/plugins");

  /**
   * All of them. Apache ends by a signal to its process group: NO_DETACH gives it one of its own,
   * in the foreground, while FOREGROUND leaves it in ours.
   */
  static final List<Product> ALL =
      List.of(
          new Product(
              "nginx",
              "nginx",
              List.of(),
              List.of("nginx.conf"),
              List.of("-p", "${DIRECTORY}/", "-c", "nginx.conf"),
              Signum.HUP,
              false,
              false),
          new Product(
              "apache",
              "apache2",
              List.of(
                  APACHE.resolve("mod_mpm_prefork.so"),
                  APACHE.resolve("mod_authz_core.so"),
                  APACHE.resolve("mod_lua.so")),
              List.of("httpd.conf", "burn.lua"),
              List.of("-DNO_DETACH", "-f", "${DIRECTORY}/httpd.conf"),
              Signum.USR1,
              true,
              true),
          new Product(
              "gunicorn",
              "gunicorn",
              List.of(),
              List.of("gunicorn.conf.py", "app.py"),
              List.of("--config", "gunicorn.conf.py", "app:application"),
              Signum.HUP,
              true,
              false),
          new Product(
              "unicorn",
              "unicorn",
              List.of(),
              List.of("unicorn.rb", "config.ru"),
              List.of("-E", "none", "-c", "unicorn.rb", "config.ru"),
              Signum.HUP,
              true,
              false),
          new Product(
              "uwsgi",
              "uwsgi",
              List.of(UWSGI.resolve("python3_plugin.so")),
              List.of("uwsgi.ini", "app.py"),
              List.of("uwsgi.ini"),
              Signum.HUP,
              true,
              false));

  Product {
    modules = List.copyOf(modules);
    files = List.copyOf(files);
    arguments = List.copyOf(arguments);
  }

  /** Whether all that its configuration loads is there. */
  boolean isComplete() {
    return modules.stream().allMatch(Files::exists);
  }
}
