package dev.prefork.cli;

/** What {@code --version} prints. */
final class Version {
  private static final String UNPACKAGED = "(not packaged)";

  private Version() {}

  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "prefork "
        + (version == null ? UNPACKAGED : version)
        + " on Java "
        + Runtime.version()
        + " ("
        + System.getProperty("java.vendor")
        + ")";
  }
}
