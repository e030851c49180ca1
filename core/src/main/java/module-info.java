/** Preforking servers for the JVM. */
module dev.prefork {
  requires static org.jspecify;
  requires jdk.unsupported;

  exports dev.prefork;
}
