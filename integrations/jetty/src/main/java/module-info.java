/** Tells Prefork what a Jetty server serves. */
module dev.prefork.jetty {
  requires static org.jspecify;
  requires dev.prefork;
  requires transitive org.eclipse.jetty.server;

  exports dev.prefork.jetty;
}
