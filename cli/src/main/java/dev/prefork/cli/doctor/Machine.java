package dev.prefork.cli.doctor;

import java.util.Map;
import java.util.Optional;

/** What the checks look at, so that a test can make it up. */
interface Machine {
  /** A small file's text without the last line's end; empty if it can't be read. */
  Optional<String> read(String path);

  /** The environment of this process. */
  Map<String, String> environment();

  /** A property of a systemd unit as {@code systemctl show} prints it; empty if there is none. */
  Optional<String> unitProperty(String unit, String property);

  /** The JVM that runs this, and will run the workers. */
  JavaFacts java();

  /**
   * What matters about a JVM.
   *
   * @param feature its version: 25
   * @param hasSignals whether it has the module jdk.unsupported
   * @param adoptsDescriptors whether its {@code sun.nio.ch} is the one that workers need
   * @param hasArchive whether its class-data-sharing archive is there
   * @param nativeAccess whether native access has been enabled
   */
  record JavaFacts(
      int feature,
      boolean hasSignals,
      boolean adoptsDescriptors,
      boolean hasArchive,
      boolean nativeAccess) {}
}
