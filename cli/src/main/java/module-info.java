/** The prefork command. */
module dev.prefork.cli {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.examples.greeting;
  requires info.picocli;
}
