package dev.prefork.cli;

/** Where the JVM begins. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new PreforkCommand().run(args, System.getenv(), System.out, System.err));
  }
}
