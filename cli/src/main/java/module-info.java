/** The prefork command. */
@SuppressWarnings("requires-automatic") // org.tomlj has a name of its own but no descriptor
module dev.prefork.cli {
  requires static org.jspecify;
  requires dev.prefork;
  requires dev.prefork.examples.greeting;
  requires info.picocli;
  requires java.xml;
  requires org.tomlj;
}
